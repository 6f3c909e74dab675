"""Pages in one file about how good the rankings are: charts, the tables behind them, and what they cannot say."""

from web.reports.report import render_report

__all__ = ["render_report"]
