// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/peerrecorder.h"

#include "cluster/background.h"

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

HistorySample sampleOf(const PeerView &peer, Clock::time_point now)
{
    HistorySample sample;
    if (peer.isReported)
        sample.sessions = peer.sessions;
    sample.statements = peer.past.activity.statements;
    // A peer that is not selected is probed every 3 s.
    const std::chrono::duration<double> freshFor(PeerEvidence::FreshFor);
    if (peer.probe && now - peer.probe->when <= freshFor)
        sample.connectMs = peer.probe->connectMs;
    sample.errors = peer.past.activity.errors;
    sample.moves = peer.past.activity.moves;
    sample.isNotReached = peer.isDown();
    return sample;
}

} // namespace

PeerRecorder::PeerRecorder(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setInterval(WriteInterval);
    connect(&m_timer, &QTimer::timeout, this, &PeerRecorder::save);
    m_timer.start();
}

PeerRecorder::~PeerRecorder()
{
    if (!m_lock)
        return;
    HistoryFolder::Round last;
    last.lock = m_lock;
    last.writes = takeWrites();
    HistoryFolder(m_folder).carryOut(last);
}

void PeerRecorder::setFolder(const QString &path)
{
    m_folder = path;
    m_lock.reset();
}

void PeerRecorder::note(const PoolView &pool, qint64 now, Keep keep)
{
    m_now = now;
    const Clock::time_point noted = m_clock.now();
    bool isAnyNew = false;
    for (const PeerView &peer : pool.peers) {
        const Peer key{pool.name, peer.address.name()};
        auto entry = m_entries.find(key);
        if (entry == m_entries.end()) {
            if (peer.isUnseen() || m_entries.size() >= MostPeers)
                continue;
            entry = m_entries.insert(key, {});
            entry->noted = noted;
            entry->isKept = keep == Keep::OnDisk && HistoryFile::fits(key);
            isAnyNew = isAnyNew || entry->isKept;
        }
        if (peer.isUnseen())
            continue; // a gap
        const auto time = std::chrono::round<std::chrono::milliseconds>(noted - entry->noted);
        entry->ring.note(sampleOf(peer, noted), now, time);
        entry->noted = noted;
    }
    if (isAnyNew)
        QMetaObject::invokeMethod(this, &PeerRecorder::save, Qt::QueuedConnection);
}

const HistoryRing *PeerRecorder::find(const QString &pool, const QString &peer) const
{
    const auto entry = m_entries.constFind({pool, peer});
    return entry == m_entries.cend() ? nullptr : &entry->ring;
}

QList<HistoryFolder::Round::Write> PeerRecorder::takeWrites()
{
    QList<HistoryFolder::Round::Write> writes;
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
        if (!entry->isKept || !entry->isRead)
            continue;
        const QList<HistoryRing::Change> changes = entry->ring.takeChanges();
        if (!changes.isEmpty())
            writes.append({entry.key(), changes});
    }
    return writes;
}

void PeerRecorder::save()
{
    const Clock::time_point now = m_clock.now();
    m_entries.removeIf([now](const auto &entry) { return now - entry->noted > ForgottenAfter; });
    if (m_folder.isEmpty() || m_isSaving)
        return;
    m_isSaving = true;
    HistoryFolder::Round round;
    round.lock = m_lock;
    for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry) {
        if (!entry->isKept)
            continue;
        round.peers.append(entry.key());
        if (!entry->isRead)
            round.unread.append(entry.key());
    }
    if (m_lock)
        round.writes = takeWrites();
    runInBackground(
            this, [folder = HistoryFolder(m_folder), round] { return folder.carryOut(round); },
            [this](const HistoryFolder::Round &done) { take(done); });
}

void PeerRecorder::take(const HistoryFolder::Round &done)
{
    m_isSaving = false;
    m_lock = done.lock;
    for (const Peer &peer : done.unread) {
        if (const auto entry = m_entries.find(peer); entry != m_entries.end())
            entry->isRead = true;
    }
    for (const HistoryFile::Content &content : done.found) {
        if (const auto entry = m_entries.find(content.peer); entry != m_entries.end())
            entry->ring.merge(content.ring, m_now);
    }
    if (done.hasFailed) {
        for (Entry &entry : m_entries)
            entry.ring.setAllChanged();
    }
    for (const QString &problem : done.problems) {
        if (m_failures.contains(problem))
            continue;
        m_failures.insert(problem);
        Q_EMIT failed(problem);
    }
    Q_EMIT saved();
}

} // namespace qproxysql
