"""Editing the council's data: for those who may manage reference data. One form a page, all drawn by one template."""
