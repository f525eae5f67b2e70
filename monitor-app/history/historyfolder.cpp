// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "history/historyfolder.h"

#include "drain/directorylocation.h"
#include "history/historytexts.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

QString HistoryFolder::defaultPath()
{
    const QString folder = DirectoryLocation::userFolder();
    return folder.isEmpty() ? QString() : folder + "/history"_L1;
}

void HistoryFolder::becomeWriter(Round *round) const
{
    if (const auto refusal = m_folder.prepare()) {
        round->problems.append(refusal->text);
        return;
    }
    const auto lock = m_folder.lock(u"history.lock"_s, 0ms);
    if (lock) {
        round->lock = *lock;
        round->unread = round->peers; // the writer before has written meanwhile
        removeOld();
    } else if (lock.error().kind != DrainRefusal::IoError) { // which says that another has it
        round->problems.append(lock.error().text);
    }
}

void HistoryFolder::removeOld() const
{
    const QDateTime oldest = QDateTime::currentDateTime().addDays(-MostDays);
    const QFileInfoList files = QDir(path()).entryInfoList({u"*.history"_s}, QDir::Files);
    for (const QFileInfo &file : files) {
        if (file.lastModified() < oldest)
            QFile::remove(file.absoluteFilePath());
    }
}

void HistoryFolder::read(const HistoryFile::Peer &peer, Round *round) const
{
    const QString path = pathFor(peer);
    auto content = HistoryFile::read(path);
    if (content && content->peer == peer) {
        round->found.append(*std::move(content));
        return;
    }
    const HistoryFile::Problem problem = content.error();
    if (!content && problem.kind != HistoryFile::Problem::Foreign) {
        if (problem.kind == HistoryFile::Problem::Unreadable)
            round->problems.append(problem.text);
        return;
    }
    if (!round->lock)
        return;
    const QString aside = path + ".damaged"_L1;
    QFile::remove(aside);
    const bool isMoved = QFile::rename(path, aside);
    round->problems.append(isMoved ? HistoryTexts::tr("The history of %1 was damaged and begins "
                                                      "anew. The old file is now %2")
                                             .arg(peer.name, aside)
                                   : HistoryTexts::tr("The history of %1 cannot be kept: %2 is "
                                                      "damaged and cannot be renamed")
                                             .arg(peer.name, path));
}

HistoryFolder::Round HistoryFolder::carryOut(Round round) const
{
    if (!round.lock)
        becomeWriter(&round);
    for (const HistoryFile::Peer &peer : std::as_const(round.unread))
        read(peer, &round);
    if (!round.lock)
        return round;
    for (const Round::Write &write : std::as_const(round.writes)) {
        if (const auto error = HistoryFile::write(pathFor(write.peer), write.peer, write.changes)) {
            round.hasFailed = true;
            round.problems.append(HistoryTexts::tr("History is not kept: %1").arg(*error));
            break; // the others would fail for the same reason
        }
    }
    return round;
}

QList<HistoryFile::Content> HistoryFolder::readAll(QStringList *problems) const
{
    QList<HistoryFile::Content> all;
    const QFileInfoList files = QDir(path()).entryInfoList({u"*.history"_s}, QDir::Files);
    for (const QFileInfo &file : files) {
        auto content = HistoryFile::read(file.absoluteFilePath());
        if (content)
            all.append(*std::move(content));
        else if (content.error().kind != HistoryFile::Problem::Missing)
            problems->append(content.error().text);
    }
    std::ranges::sort(all, {}, [](const HistoryFile::Content &one) {
        return std::pair(one.peer.pool, one.peer.name);
    });
    return all;
}

} // namespace qproxysql
