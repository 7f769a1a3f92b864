"""What is seen: the only room with Qt.

Here belongs showing frozen values and turning keys and clicks into commands. Rules, SQL and money never belong here,
and nothing here waits for the database on the thread that paints.
"""
