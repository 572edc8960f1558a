import pytest

from benchmarks.report import Options, Table, percentile, ratio, within


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (50, 5), (90, 9), (99, 10), (100, 10)])
def test_a_percentile_is_a_sample_that_so_many_do_not_exceed(percent: float, expected: int) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == expected


def test_a_table_is_markdown_with_aligned_columns() -> None:
    table = Table(title="Times", columns=("what", "ours"), rows=(("a", "1 ms"), ("longer", "2 ms")), note="Two runs.")
    assert table.markdown() == (
        "\nTimes\n\n| what   | ours |\n| ------ | ---- |\n| a      | 1 ms |\n| longer | 2 ms |\n\nTwo runs."
    )


def test_options_are_numbers_with_defaults() -> None:
    options = Options(values={"streams": "5"})
    assert (options.whole("streams", 1), options.whole("others", 1), options.number("streams", 0)) == (5, 1, 5.0)


def test_ratios_and_targets_are_in_words() -> None:
    assert ratio(1, 2) == "0.50 x"
    assert ratio(1, 0) == "–"
    assert within(3, 2, "at most 2") == "at most 2: MISSED"
