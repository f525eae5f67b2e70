// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "history/historyfolder.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace qproxysql {

/// Records the last 24 hours of the peers that are shown, and keeps them on disk. Polls are added
/// in memory; a worker writes what is new every ten seconds. Another process that keeps the same
/// folder is left alone: this one reads, records in memory, and writes when that one has ended. One
/// thread with an event loop; only the destructor blocks for the disk.
class PeerRecorder : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds WriteInterval{10};
    static constexpr qsizetype MostPeers = 1000; ///< more are not recorded
    /// What was not seen for so long has nothing to show.
    static constexpr std::chrono::hours ForgottenAfter{24};

    enum class Keep { OnDisk, InMemory };

    explicit PeerRecorder(const Clock &clock = Clock::steady(), QObject *parent = nullptr);
    ~PeerRecorder() override; ///< writes the rest

    /// Keeps the history in \a path from now on. Empty: in memory only, as at the beginning.
    void setFolder(const QString &path);

    /// Adds each peer of \a pool as seen at \a now, in ms since 1970 by the wall clock.
    void note(const PoolView &pool, qint64 now, Keep keep);

    /// nullptr: never recorded. Valid until the next note().
    const HistoryRing *find(const QString &pool, const QString &peer) const;

    void save(); ///< does what is done every ten seconds; see saved()

Q_SIGNALS:
    void saved();
    void failed(const QString &text); ///< each text once

private:
    using Peer = HistoryFile::Peer;
    struct Entry
    {
        HistoryRing ring;
        Clock::time_point noted;
        bool isKept = false; ///< on disk
        bool isRead = false;
    };
    void take(const HistoryFolder::Round &done);
    QList<HistoryFolder::Round::Write> takeWrites();

    const Clock &m_clock;
    QString m_folder;
    QTimer m_timer;
    bool m_isSaving = false;
    SharedFolder::Lock m_lock; ///< of the writer
    qint64 m_now = 0;          ///< of the last note()
    QHash<Peer, Entry> m_entries;
    QSet<QString> m_failures;
};

} // namespace qproxysql
