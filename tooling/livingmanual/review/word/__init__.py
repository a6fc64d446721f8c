"""Reading a Word file completely: package, styles, lists, text, changes, comments, stamp.

`reader.read_word` is the way in; `views` computes the text before and after the review from what it gives.
"""
