// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Prints a text when Ctrl+C (SIGINT, SIGTERM) ends the program, with 130, while this exists. One
/// at a time.
class Interruption
{
public:
    explicit Interruption(const QString &text);
    ~Interruption();
    Q_DISABLE_COPY_MOVE(Interruption)

    void setText(const QString &text);
};

} // namespace qproxysql
