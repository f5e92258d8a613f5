"""What each role may do with places."""

from portal.roles import Role, grant, whole

for _kind in ("communities.country", "communities.consularoffice", "communities.consulardistrict"):
    grant(Role.EDITOR, *whole(_kind))
    for _reader in (Role.CONSULTATION_MANAGER, Role.ANALYST, Role.FACILITATOR, Role.UNIT_STAFF):
        grant(_reader, whole(_kind)[0])
