// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"
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

    /// The error says what is wrong and what is allowed, without the file's name.
    static Expected<DrainDocument> parse(const QByteArray &text);
    QByteArray toJson() const;
};

} // namespace qproxysql
