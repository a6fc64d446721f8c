"""Remarks and dispositions to the disposition report that reviewers are sent."""
