// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/drainrequest.h"

namespace qproxysql {

/// The content of a drain.json. Value type, any thread.
struct DrainDocument
{
    static constexpr int Format = 1; ///< written by this version
    static constexpr qsizetype MostEntries = 1000;

    int format = Format;
    QList<DrainRequest> entries;
    QJsonObject rest; ///< unknown fields of a later format; kept
    /// Entries of a newer format that could not be read, each with the reason. A bad entry of our own
    /// format makes the whole document unreadable.
    QStringList leftOut;

    bool isOfNewerFormat() const { return format > Format; }
    quint64 newestGeneration() const; ///< 0 without an entry

    /// Nothing on failure: \a error says what is wrong and what is allowed, without the file's name.
    static std::optional<DrainDocument> parse(const QByteArray &text, QString *error);
    QByteArray toJson() const;
};

} // namespace qproxysql
