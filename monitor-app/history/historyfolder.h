// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/sharedfolder.h"
#include "history/historyfile.h"

#include <QtCore/QStringList>

namespace qproxysql {

/// The folder with a HistoryFile for each peer. One process at a time writes there; any may read.
/// Value type; its functions block for the disk.
class HistoryFolder
{
public:
    /// A file that nobody has written for so long is removed.
    static constexpr int MostDays = 7;

    explicit HistoryFolder(const QString &path)
        : m_folder(path)
    {
    }

    /// The user's: $XDG_STATE_HOME/qproxysql/history; empty without a home.
    static QString defaultPath();

    QString path() const { return m_folder.path(); }

    /// One round of a writer, or of a process that waits to become it. Value type.
    struct Round
    {
        SharedFolder::Lock lock;         ///< null: another process writes; kept in the result
        QList<HistoryFile::Peer> peers;  ///< all; read when this process becomes the writer
        QList<HistoryFile::Peer> unread; ///< read in any case
        struct Write
        {
            HistoryFile::Peer peer;
            QList<HistoryRing::Change> changes;
        };
        QList<Write> writes; ///< needs the lock

        QList<HistoryFile::Content> found{}; ///< result: what was read
        QStringList problems{};              ///< result: a sentence each
        bool hasFailed = false;              ///< result: not everything was written
    };
    /// A writer moves a file that is damaged or foreign out of the way, as NAME.damaged.
    Round carryOut(Round round) const;

    /// The histories of all peers, by pool and name. \a problems: files that cannot be read.
    QList<HistoryFile::Content> readAll(QStringList *problems) const;

private:
    void becomeWriter(Round *round) const;
    void removeOld() const;
    void read(const HistoryFile::Peer &peer, Round *round) const;
    QString pathFor(const HistoryFile::Peer &peer) const
    {
        return m_folder.filePath(HistoryFile::nameFor(peer));
    }

    SharedFolder m_folder;
};

} // namespace qproxysql
