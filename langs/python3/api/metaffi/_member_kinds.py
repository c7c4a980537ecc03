"""How a member is used: METAFFI_MEMBER_* of the C header."""

METHOD, GET, SET, OPERATION, NAMED = range(5)
