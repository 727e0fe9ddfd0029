"""Petitions like one another (kiến nghị giống): shown while one is entered and beside each, so that a repeat is seen before it is sent out.

Which ones are like is search's to say; here stands who may see them, how they are shown, and a clerk's word that two are not the same
(không trùng), which is remembered for both. Not the merging of petitions.
"""
