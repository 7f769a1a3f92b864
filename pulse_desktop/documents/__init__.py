"""What is printed and handed out: pure functions from frozen values to PDF bytes. The only room with ReportLab.

Here belongs how a page looks and reads. Querying, filing, printing and sending never belong here.
"""
