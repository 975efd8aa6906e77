from django.db import models


def name_key(name: str) -> str:
    """Return the name with spaces and case folded, so that two spellings are one name."""
    return " ".join(name.split()).casefold()


class NameKeyField(models.CharField):
    """Follows `name` at every write, as `auto_now` follows the clock, so that no caller can forget it."""

    def pre_save(self, model_instance, add):
        key = name_key(model_instance.name)
        setattr(model_instance, self.attname, key)
        return key
