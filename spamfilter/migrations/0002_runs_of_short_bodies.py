"""Short bodies are found by their runs of words from now on: signatures of such are given these keys."""

from contextlib import suppress
from typing import Any

from django.db import migrations

from spamfilter.signature_keys import keys_of_value


def renew_keys(apps: Any, _schema_editor: Any) -> None:
    keys = apps.get_model("spamfilter", "SignatureKey")
    for signature in apps.get_model("spamfilter", "Signature").objects.filter(kind="body").iterator():
        with suppress(ValueError):  # of a row that no form or file could have made: it is found as before
            renewed = keys_of_value("body", signature.value)
            keys.objects.filter(signature=signature).delete()
            keys.objects.bulk_create(keys(signature=signature, key=key) for key in renewed)


class Migration(migrations.Migration):
    dependencies = [("spamfilter", "0001_initial")]

    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop)]
