"""A table that its migrations change, one of which waits at a gate: for a migrate that is killed in the middle."""

from django.db import models


class Crate(models.Model):
    size = models.IntegerField(default=1)
    colour = models.CharField(max_length=20, default="")
    weight = models.IntegerField(default=1)
