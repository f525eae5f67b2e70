// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Prints a text when a signal ends the program while this exists: Ctrl+C (SIGINT) with exit code
/// 130, SIGTERM with 143. One at a time.
class Interruption
{
public:
    explicit Interruption(const QString &text);
    ~Interruption();
    Q_DISABLE_COPY_MOVE(Interruption)

    void setText(const QString &text);
};

} // namespace qproxysql
