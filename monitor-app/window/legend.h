// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QMainWindow;
class QTextDocument;
QT_END_NAMESPACE

namespace qproxysql {

/// What the glyphs and columns mean, and the keys, made from what draws and handles them.
class Legend
{
public:
    static void fill(QTextDocument *document, const QMainWindow &window);

    static QString glyphsAnchor();
    static QString keysAnchor();
};

} // namespace qproxysql
