"""Writes widths.json: texts and the columns that they take by the package wcwidth.

    python3 Tests/DisplayTests/Golden/widths.py > Tests/DisplayTests/Golden/widths.json
"""
import json
import sys

import wcwidth

texts = ["", "abc", "é", "e\u0301", "日本語", "한국어", "ｆｕｌｌ", "ﾊﾝｶｸ", "🚀", "👩‍🔬", "👨‍👩‍👧‍👦", "🇩🇪", "🇩🇪🇫🇷",
         "❤️", "☀", "☀️", "✓", "→", "█▓▒░", "⠁⣿", "─│┌", "क्षि", "ก็", "שלום", "سلام", "👍🏽", "1️⃣", "Ω≈ç√",
         "㍿", "！", "〜", "한", "\u200b", "🏴\u200d☠️", "a🚀b", "№", "½", "µ", "字a字"]
json.dump({"made with": f"wcwidth {wcwidth.__version__}, widths.py",
           "cases": [[t, wcwidth.wcswidth(t)] for t in texts]}, sys.stdout, ensure_ascii=False, indent=0)
