"""The home page of each role: what needs doing first (trang chủ). Draws the panels that rooms register; owns no table."""
