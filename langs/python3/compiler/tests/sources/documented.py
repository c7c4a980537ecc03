"""Documentation in each style.

See :class:`Thing` and ``thing()``::

    documented.thing()
"""


def numpy_style(first: int, second: str = "x") -> bool:
    """Do it.

    Parameters
    ----------
    first : int
        The first,
        on two lines.
    second : str, optional
        The second.

    Returns
    -------
    bool
        Whether it was done.

    Examples
    --------
    >>> numpy_style(1)
    True

    It works.
    """
    return first > 0 and bool(second)


def google_style(first: int, *rest: int) -> bool:
    """Do it.

    Args:
        first (int): The first,
            on two lines.
        *rest: The others.

    Returns:
        bool: Whether it was done.

    Raises:
        ValueError: never.
    """
    return first > len(rest)


def sphinx_style(first, second=None):
    """Do it.

    :param int first: The first,
        on two lines.
    :param second: The second.
    :returns: Whether it was done.
    """
    return first is not second


def old(value: int) -> int:
    """Do it as before.

    .. deprecated:: 2.0
       Use :func:`numpy_style`.
    """
    return value
