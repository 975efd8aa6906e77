from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moving", "0001_crate")]
    operations = [migrations.AddField("crate", "colour", models.CharField(max_length=20, default=""))]
