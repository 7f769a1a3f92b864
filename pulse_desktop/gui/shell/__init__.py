"""The frame around the work: main window, sign-in, navigation, palette, side panels, toasts.

Here belongs what holds every workplace. What one workplace shows never belongs here.
"""
