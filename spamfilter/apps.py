from django.apps import AppConfig


class SpamFilterConfig(AppConfig):
    name = "spamfilter"
    verbose_name = "Spam filter"
