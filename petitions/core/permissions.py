"""Every permission there is, sorted; which role holds which is data (accounts). Form: room.act."""

from enum import StrEnum


class Permission(StrEnum):
    """Name = value with dots; a view declares one of these."""

    ACCOUNT_MANAGE = "account.manage"
    INDEX_MANAGE = "index.manage"
    JOURNAL_READ = "journal.read"
    PETITION_ACCEPT = "petition.accept"
    PETITION_CLASSIFY = "petition.classify"
    PETITION_DIVERT = "petition.divert"
    PETITION_ENTER = "petition.enter"
    PETITION_IMPORT = "petition.import"
    PETITION_READ = "petition.read"
    PETITIONER_READ = "petitioner.read"
    REFERENCE_MANAGE = "reference.manage"
    REFERENCE_READ = "reference.read"
