// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"
#include "history/historyring.h"

#include <QtCore/QString>

namespace qproxysql {

/// The history of one peer in a file of fixed size: a header of 1 KiB with the peer's name, then
/// the records of the three spans, of 32 bytes each with a checksum. A writer changes single records
/// in place, so a crash or a reader at that moment finds each record old, new or torn, and a torn
/// one counts as a gap. Blocks for the disk.
class HistoryFile
{
public:
    static constexpr quint32 Format = 1;
    static constexpr qsizetype HeaderBytes = 1024;
    static constexpr qsizetype Bytes = HeaderBytes + HistoryRing::Bytes;

    struct Peer
    {
        QString pool;
        QString name; ///< of its address

        friend bool operator==(const Peer &, const Peer &) = default;
        friend size_t qHash(const Peer &peer, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, peer.pool, peer.name);
        }
    };
    struct Content
    {
        Peer peer;
        HistoryRing ring;
    };

    struct Problem
    {
        enum Kind { Missing, Unreadable, Foreign };
        Kind kind = Missing;
        QString text; ///< the reason; empty if Missing
    };
    static Expected<Content, Problem> read(const QString &path);

    /// Creates the file if it does not exist. The error names the file.
    static std::optional<QString> write(const QString &path, const Peer &peer,
                                        const QList<HistoryRing::Change> &changes);

    static QString nameFor(const Peer &peer); ///< of the file
    static bool fits(const Peer &peer);       ///< its names fit the header
};

} // namespace qproxysql
