"""What a member is used as: METAFFI_MEMBER_* of the contract."""

METHOD, GET, SET, OPERATION, NAMED = range(5)
