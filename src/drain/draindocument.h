// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/drainrequest.h"

namespace qproxysql {

/// What a drain.json says. Value type, any thread.
struct DrainDocument
{
    static constexpr int Format = 1; ///< what this version writes
    static constexpr qsizetype MostEntries = 1000;

    int format = Format;
    QList<DrainRequest> entries;
    QJsonObject rest; ///< what a later format has besides; kept
    /// Entries of a newer format that could not be understood, each with the reason. Those of our own
    /// format make the whole document unreadable instead.
    QStringList leftOut;

    bool isOfNewerFormat() const { return format > Format; }
    quint64 newestGeneration() const; ///< 0 without an entry

    /// Nothing, and \a error says what was wrong and what is allowed, without naming the file.
    static std::optional<DrainDocument> parse(const QByteArray &text, QString *error);
    QByteArray toJson() const;
};

} // namespace qproxysql
