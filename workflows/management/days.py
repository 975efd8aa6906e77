import argparse
import datetime as dt


def day_argument(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day written YYYY-MM-DD.") from None
