// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// The message that Ctrl+C (SIGINT, SIGTERM) prints before it ends the program with 130. The last
/// instance wins, and its end restores the default.
class Interruption
{
public:
    explicit Interruption(const QString &text);
    ~Interruption();
    Q_DISABLE_COPY_MOVE(Interruption)
};

} // namespace qproxysql
