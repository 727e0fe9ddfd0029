"""Administration of accounts (quản lý tài khoản): the pages on which an administrator makes, changes and closes accounts and says what roles may do."""
