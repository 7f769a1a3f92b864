"""Widgets that know no subject: table, form rows, time grid, body map, toast, preview.

Here belongs what could stand in another program unchanged. Patients, visits and money never belong here: parts take
small frozen view values, and the screens fill those from the clinic's lines.

What there is (each module's docstring shows its use):

look        theme (Theme, theme()), tokens, icons, fonts, stylesheet, drawing (strokes for painters), shadow, focus_ring, band
words       labels (Label, Paragraph, Icon, Rule), chips (ChipView, Chip, ChipRow, ToggleChip, draw_chip), avatar
controls    buttons (Button, IconButton, Link), segments, choice, day_calendar, pickers (Picker), pain_scale, ticks (Tick), package_dots
frames      card (Card, CardLine, TitledLine), bars (ToolRow, Strip, Tabs), banner, flow (FlowLayout), nav_rail, empty_place
floating    side_panel (SidePanel, PanelPlace, ParkedChips), toast (Toast)
lists       rows_model (Column, RowsModel), table (Table), key_rows (KeyRow, KeyRows: openings with the keys 1 to 9)
time        timers (TimerView, TimerChip, TimerRow, TimerRing), line_chart (ChartPoint, LineChart, CourseChart)
today       board (Board), board_column (BoardColumn), board_card (BoardCard, Flag)
calendar    time_grid (TimeGrid), grid_values (GridColumn, GridVisit, Closed, Opening); grid_* beside it
body        body_map (BodyMap), body_thumbs (BodyThumbs), body_painter, body_window
papers      pdf_preview (PdfPreview), pdf_pages
between     places (where one can be), desk_parts and screen (what a workplace is given)

Fields and forms lie one room up, in `gui.forms`.
"""
