"""Every fault a publication must survive: what is done to it, what is served afterwards, and the test that does it."""

FAULTS = [
    ("the publisher is killed (kill -9) before each of its file operations, 20 times each",
     "the old version or the new one, whole; the next load works and leaves nothing lying about",
     "test_a_publisher_killed_at_any_point_leaves_the_old_version_or_the_new"),
    ("a whole `rfd load` is killed on the way", "the old version or the new one, whole; the next load works",
     "test_a_whole_load_killed_on_the_way_changes_nothing_and_the_next_one_works"),
    ("the disk is full", "the old version; one sentence says so (exit 1)", "test_a_full_disk_is_told_and_changes_nothing"),
    ("two publish at once", "the old version; the second is told to wait (exit 2)", "test_a_second_publisher_is_told_to_wait"),
    ("a byte of the version in force flips, it is cut short, or it is gone", "the version before, with a banner that says so",
     "test_a_damaged_version_is_replaced_by_the_one_before_with_a_banner"),
    ("the version in force was damaged and is put back", "that version, without the banner, and without a new start",
     "test_a_version_that_is_put_back_is_served_again_by_who_served_the_one_before"),
    ("an older version that is kept is damaged or gone", "the others; a link to it is told that it is no longer kept",
     "test_a_damaged_older_version_is_in_no_list_and_answers_nothing"),
    ("an older version is removed while a link to it is asked", "the link is told that it is no longer kept",
     "test_a_version_removed_while_it_is_asked_is_no_longer_kept"),
    ("the pointer is gone, empty, cut or garbled", "the newest sound version, with a banner that says so",
     "test_a_pointer_that_is_gone_or_garbled_serves_the_newest_sound_version_with_a_banner"),
    ("the pointer states another sum than the version's", "the newest sound version, with a banner that says so",
     "test_a_pointer_with_another_sum_serves_the_newest_sound_version_with_a_banner"),
    ("an older version is damaged while a new one is published", "the new one, and the load says so",
     "test_a_load_beside_a_damaged_older_version_is_published_and_said_so"),
    ("the version in force is damaged or gone when the next extract is loaded",
     "the version before, with a banner; a load from there would lose what came since, so it is refused until `rfd publish` says so (exit 2)",
     "test_a_load_does_not_go_on_from_an_older_version_than_the_one_in_force_unless_told_to"),
    ("no version is whole when the next extract is loaded", "that extract alone, and the report says so",
     "test_a_load_where_no_version_is_whole_begins_anew_and_says_so"),
    ("what was built fails an audit, does not add up, or lacks a table when it is opened as it would be served",
     "the old version; the rule and its first row are told (exit 3)", "test_a_built_version_that_is_wrong_is_found_before_it_is_served"),
    ("an analyst goes back to a damaged version", "what was served before; the damage is told (exit 2)",
     "test_an_analyst_goes_back_to_a_kept_version_and_loads_on_from_it"),
    ("the pointer moves to and fro under readers", "each answer is of one version or the other, without an error",
     "test_readers_see_whole_versions_while_the_pointer_moves"),
]  # fmt: skip


def as_table() -> str:
    """The faults as a table of the page."""
    lines = ["| fault | what is served afterwards |", "|---|---|", *(f"| {fault} | {left} |" for fault, left, _ in FAULTS)]
    return "\n".join(lines) + "\n"
