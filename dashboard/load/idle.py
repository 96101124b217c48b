"""Lines that cannot matter, told from their bytes by compiled code: `look`, and what it is made of.

What is compiled together stands in one file: numba keeps the machine code beside it, as Python does its own, and makes it anew when the
file changes. Whatever is not proved idle is kept, to be read in full: in doubt, a line matters.
"""

import numpy as np
from numba import njit

ODD, KEPT, IDLE, BLANK = range(4)  # what a line is: nothing can be told of it, it may matter, it cannot, it is empty
STRANGE, FILLER = 1, 2  # kinds of bytes: a line with the first is for the parser, the second is cleaned out of a code
OURS = ("fyear", "procode3", "procodet", "sitetret", "epikey", "startage", "dismeth", "admidate", "disdate", "epistart", "epiend")
FYEAR, PROCODE3, PROCODET, SITETRET, EPIKEY, STARTAGE, DISMETH, ADMIDATE, DISDATE, EPISTART, EPIEND = range(len(OURS))
COUNTED_BY, DATES_SENT = OURS[: SITETRET + 1], (*OURS[ADMIDATE:], "opdate")
# what a line is; of an idle one which of DATES_SENT it has (a bit each), the day it is counted under, the last two digits of its year and
# its record number, which are its key, and the texts it is counted by
LINE = np.dtype(
    [("what", "i1"), ("sent", "i1"), ("day", "i4"), ("year", "i1"), ("key", "u8"), *((by, "u8") for by in COUNTED_BY)]
)
NONE, BAD = 0, -1  # no day, or one before 1900; what is no day at all
RETURN, DASH, SLASH, ZERO, FOUR = b"\r-/04"
WIDEST = 8  # bytes of a text that rows are counted by

compiled = njit(nogil=True, error_model="numpy")


def kept(function):
    """A function as machine code that the next process finds, where there is a place to keep it."""
    try:
        return njit(nogil=True, error_model="numpy", cache=True)(function)
    except RuntimeError:  # neither beside its file nor in the user's own cache
        return compiled(function)


@kept
def look(text, ends, strange, plan, lines):
    """Tell of each line of a text what it is, as a `LINE`; `strange` says whether there are strange bytes at all."""
    fence, begin = np.empty(len(text) + plan.columns + 2, np.int64), 0
    for line in range(len(ends)):
        end, many = ends[line], 1
        fence[0] = begin - 1
        for at in range(begin, end):
            fence[many] = at
            many += text[at] == plan.delimiter  # not `if`: where the next one stands cannot be foretold
        last = end - 1 if end > begin and text[end - 1] == RETURN else end
        fence[many], fence[many + 1] = last, last + 1  # a column that a file has not is an empty one behind the last
        told = lines[line]
        if last == begin:
            told.what = BLANK
        elif many != plan.columns or (strange and any_of(text, begin, last, plan.kinds, STRANGE)):
            told.what = ODD
        else:
            idle = dated(text, fence, plan, told) and known_by(text, fence, plan.at, told) and not coded(text, fence, plan)
            told.what = IDLE if idle and operated(text, fence, plan.dates) and agreeing(text, fence, plan) else KEPT
        begin = end + 1


@compiled
def dated(text, fence, plan, line):
    """Whether a line has sound dates in order; the one that it is counted under is told, and which it was sent with."""
    started, admitted = day_of(text, *cell(fence, plan.at[EPISTART])), day_of(text, *cell(fence, plan.at[ADMIDATE]))
    ended, discharged = day_of(text, *cell(fence, plan.at[EPIEND])), day_of(text, *cell(fence, plan.at[DISDATE]))
    line.day, line.sent = ended or discharged or started or admitted, 0
    for nth in range(EPIEND - ADMIDATE + 1):
        line.sent |= (filled(fence, plan.at[ADMIDATE + nth], 1) > 0) << nth
    if len(plan.dates):
        line.sent |= (filled(fence, plan.dates[0, 0], 1) > 0) << (EPIEND - ADMIDATE + 1)
    sound = min(started, admitted, ended, discharged) != BAD and max(started, admitted, ended, discharged) <= plan.today
    return sound and max(started, admitted) > NONE and not (NONE < ended < started or NONE < discharged < admitted)


@compiled
def known_by(text, fence, at, line):
    """Whether a line says plainly which record of which year and provider it is, of no death, and of no age or one there can be."""
    line.key, sound = record_number(text, *cell(fence, at[EPIKEY]))
    line.year = year_of(text, *cell(fence, at[FYEAR]))
    for ours in range(FYEAR, SITETRET + 1):
        sound &= filled(fence, at[ours], 1) <= WIDEST
    begin, end = cell(fence, at[DISMETH])
    sound &= end - begin <= 1 and not (begin < end and text[begin] == FOUR)
    begin, end = cell(fence, at[STARTAGE])
    age = digits(text, begin, end) if end - begin <= 4 else -1
    if not sound or line.year < 0 or not (0 <= age <= 120 or age == 999 or 7001 <= age <= 7007):
        return False
    line.fyear, line.procode3 = word(text, *cell(fence, at[FYEAR])), word(text, *cell(fence, at[PROCODE3]))
    line.procodet, line.sitetret = word(text, *cell(fence, at[PROCODET])), word(text, *cell(fence, at[SITETRET]))
    return True


@compiled
def cell(fence, column):
    """Where a column begins and ends."""
    return fence[column] + 1, fence[column + 1]


@compiled
def any_of(text, begin, end, kinds, kind):
    """Whether a byte of some kind is among some."""
    found = 0
    for at in range(begin, end):
        found |= kinds[text[at]]
    return found & kind != 0


@compiled
def record_number(text, begin, end):
    """(a whole number, whether it is one: up to 19 digits and no zero before others)."""
    number = np.uint64(0)
    for at in range(begin, end):
        if text[at] < ZERO or text[at] > ZERO + 9:
            return number, False
        number = number * np.uint64(10) + np.uint64(text[at] - ZERO)
    return number, 0 < end - begin <= 19 and (text[begin] != ZERO or end - begin == 1)


@compiled
def digits(text, begin, end):
    """A number of a few digits, 0 for none; -1 for anything else."""
    number = 0
    for at in range(begin, end):
        if text[at] < ZERO or text[at] > ZERO + 9:
            return -1
        number = number * 10 + text[at] - ZERO
    return number


@compiled
def year_of(text, begin, end):
    """The last two digits of the year in which `2324`, `202324` or `2023/24` begins; -1 for anything else."""
    width = end - begin
    if width != 4 and width != 6 and not (width == 7 and text[begin + 4] == SLASH):
        return -1
    first, second = digits(text, begin, begin + 2), digits(text, end - 2, end)
    if width == 4:
        return first if first >= 0 and (first + 1) % 100 == second else -1
    return digits(text, begin + 2, begin + 4) if first in (19, 20) and second >= 0 else -1


@compiled
def day_of(text, begin, end):
    """YYYY-MM-DD as a number that grows by 31 a month, so that a thirty-first of it is its month."""
    if begin == end:
        return NONE
    if end - begin != 10 or text[begin + 4] != DASH or text[begin + 7] != DASH:
        return BAD
    year, month, day = digits(text, begin, begin + 4), digits(text, begin + 5, begin + 7), digits(text, begin + 8, end)
    if year < 1500 or month < 1 or month > 12 or day < 1:
        return BAD
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if day > (28 + leap if month == 2 else 30 + (month + month // 8) % 2):
        return BAD
    return (year * 12 + month - 1) * 31 + day - 1 if year >= 1900 else NONE


@compiled
def filled(fence, first, many):
    """How many bytes are in some columns side by side."""
    return fence[first + many] - fence[first] - many


@compiled
def coded(text, fence, plan):
    """Whether an operation may be one of the codes that matter, in any case and with fillers anywhere in it."""
    for first, stop in plan.procedures:
        at, left = first, filled(fence, first, stop - first)
        while left > 0:
            begin, end = cell(fence, at)
            place = 0
            for here in range(begin, end):
                if plan.kinds[text[here]] & FILLER:
                    continue
                if not plan.codes[place, text[here]]:
                    break
                place += 1
                if place == len(plan.codes):
                    return True
            at, left = at + 1, left - (end - begin)
    return False


@compiled
def operated(text, fence, lists):
    """Whether every operation has a day or none."""
    for first, stop in lists:
        at, left = first, filled(fence, first, stop - first)
        while left > 0:
            begin, end = cell(fence, at)
            if day_of(text, begin, end) == BAD:
                return False
            at, left = at + 1, left - (end - begin)
    return True


@compiled
def agreeing(text, fence, plan):
    """Whether codes that stand twice agree: each pair the same bytes, or the same first four and nothing to clean in them."""
    for lists in (plan.procedures, plan.diagnoses):
        if len(lists) < 2:
            continue
        (first, stop), (again, its_stop) = lists[0], lists[1]
        left = filled(fence, again, min(its_stop - again, stop - first))
        while left > 0:
            (one, one_end), (other, other_end) = cell(fence, first), cell(fence, again)
            width, alike, same = other_end - other, one_end - one == other_end - other, 0
            while same < min(width, one_end - one) and text[one + same] == text[other + same]:
                same += 1
            plain = same >= 4 and not any_of(text, one, one + 4, plan.kinds, FILLER)
            if width and not (plain or (alike and same == width)):
                return False
            first, again, left = first + 1, again + 1, left - width
    return True


@compiled
def word(text, begin, end):
    """A short text as one number."""
    number = np.uint64(0)
    for at in range(begin, end):
        number |= np.uint64(text[at]) << np.uint64(8 * (at - begin))
    return number
