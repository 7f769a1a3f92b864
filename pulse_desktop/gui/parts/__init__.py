"""Widgets that know no subject: table, form rows, time grid, body map, toast, preview.

Here belongs what could stand in another program unchanged. Patients, visits and money never belong here: parts take
small frozen view values, and the screens fill those from the clinic's lines.

What there is (each module's docstring shows its use):

look        theme (Theme, theme()), tokens, icons, fonts, stylesheet, drawing (strokes for painters), focus_ring
words       labels (Label, Paragraph, Icon, Rule), chips (Chip, ChipRow, ToggleChip, draw_chip), avatar
controls    buttons (Button, IconButton, Link), segments, pickers (Picker), pain_scale, ticks (Tick), package_dots
frames      card (Card, CardLine, TitledLine), bars (ToolRow, Strip, Tabs), banner, flow (FlowLayout)
time        timers (TimerView, TimerChip, TimerRow, TimerRing)
"""
