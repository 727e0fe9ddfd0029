"""Every permission there is, sorted; which role holds which is data (accounts). Form: room.act."""

from enum import StrEnum


class Permission(StrEnum):
    """Name = value with dots; a view declares one of these."""

    ACCOUNT_MANAGE = "account.manage"
    DUTY_ANSWER = "duty.answer"
    DUTY_CLOSE = "duty.close"
    DUTY_DECIDE = "duty.decide"
    DUTY_DISTRIBUTE = "duty.distribute"
    DUTY_HAND_OVER = "duty.hand_over"
    DUTY_JUDGE = "duty.judge"
    DUTY_READ = "duty.read"
    DUTY_RECORD = "duty.record"
    DUTY_TELL = "duty.tell"
    INDEX_MANAGE = "index.manage"
    JOURNAL_READ = "journal.read"
    PETITION_ACCEPT = "petition.accept"
    PETITION_CLASSIFY = "petition.classify"
    PETITION_DIVERT = "petition.divert"
    PETITION_ENTER = "petition.enter"
    PETITION_IMPORT = "petition.import"
    PETITION_READ = "petition.read"
    PETITIONER_READ = "petitioner.read"
    PUBLISH_APPROVE = "publish.approve"
    REFERENCE_MANAGE = "reference.manage"
    REFERENCE_READ = "reference.read"
    TRANSFER_APPROVE = "transfer.approve"
    TRANSFER_DRAFT = "transfer.draft"
    TRANSFER_ISSUE = "transfer.issue"
