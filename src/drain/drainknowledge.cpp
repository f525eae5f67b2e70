// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainknowledge.h"

#include "drain/logging.h"

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace qproxysql {

DrainKnowledge::DrainKnowledge(const QString &name)
    : m_name(name)
    , m_requests(std::make_shared<const DrainRequests>(QList<DrainRequest>(), 0))
{
}

namespace {

QString fewOf(const QStringList &texts, const QString &separator)
{
    constexpr qsizetype MostNamed = 10;
    QString few = texts.mid(0, MostNamed).join(separator);
    if (texts.size() > MostNamed)
        few += u" and %1 more"_s.arg(texts.size() - MostNamed);
    return few;
}

} // namespace

bool DrainKnowledge::take(const DrainFile::Reading &reading, const QString &path, quint64 began)
{
    using Reading = DrainFile::Reading;
    if (reading.refusal) {
        noteProblem(reading.refusal->text
                            + u". It is left alone; the last good state stays in force"_s,
                    began);
        return false;
    }
    QStringList outdated;
    std::unique_lock lock(m_mutex);
    const bool isNew = merge(reading.document.entries, &outdated);
    lock.unlock();
    QString problem;
    if (!outdated.isEmpty()) {
        problem = (reading.state == Reading::Missing
                           ? u"%1 is gone, but %2 was not resumed: its requests stay in force"_s
                           : u"%1 no longer says what it said of %2: that stays in force until a "
                             "newer request is written"_s)
                          .arg(path, fewOf(outdated, u", "_s));
    } else if (!reading.document.leftOut.isEmpty()) {
        problem = u"%1 has format %2; not understood: %3. The rest is obeyed"_s.arg(path)
                          .arg(reading.document.format)
                          .arg(fewOf(reading.document.leftOut, u"; "_s));
    }
    noteProblem(problem, began);
    return isNew;
}

bool DrainKnowledge::take(const QList<DrainRequest> &entries, const QStringList &leftOut,
                          const QString &table, quint64 began, QList<DrainRequest> *givenUp)
{
    QStringList outdated;
    std::unique_lock lock(m_mutex);
    const QList<DrainRequest> unbelieved = giveUp(entries);
    const bool isNew = merge(entries, &outdated) || !unbelieved.isEmpty();
    if (!unbelieved.isEmpty())
        publish();
    lock.unlock();
    for (const DrainRequest &entry : unbelieved) {
        qCWarning(lcControl,
                  "%s has a row of %s: the request on disk, with generation %llu, is ahead of this "
                  "machine's clock and not believed any more",
                  qUtf8Printable(table), qUtf8Printable(entry.peer), entry.generation);
    }
    if (givenUp)
        *givenUp = unbelieved;
    QString problem;
    if (!leftOut.isEmpty()) {
        problem = u"%1: not understood: %2. The rest is obeyed"_s.arg(table,
                                                                      fewOf(leftOut, u"; "_s));
    } else if (!outdated.isEmpty()) {
        problem = u"%1 does not say any more, or not yet on every server, what was read of %2: "
                  "that stays in force until a newer request is written"_s.arg(table,
                                                                               fewOf(outdated,
                                                                                     u", "_s));
    }
    noteProblem(problem, began);
    return isNew;
}

bool DrainKnowledge::isNewest(quint64 began) const
{
    const std::lock_guard lock(m_mutex);
    return began >= m_notedUpTo;
}

bool DrainKnowledge::remember(const QList<DrainRequest> &entries, const QString &pool)
{
    QStringList outdated;
    const std::lock_guard lock(m_mutex);
    for (const DrainRequest &entry : entries) {
        const auto known = m_entries.find(entry.key());
        if (known == m_entries.end() || known->second.generation < entry.generation)
            m_remembered.insert(entry.key());
    }
    m_rememberedFor = pool;
    return merge(entries, &outdated);
}

QList<DrainRequest> DrainKnowledge::giveUp(const QList<DrainRequest> &rows)
{
    const auto now = quint64(QDateTime::currentMSecsSinceEpoch());
    QList<DrainRequest> unbelieved;
    for (auto key = m_remembered.begin(); key != m_remembered.end();) {
        const auto known = m_entries.find(*key);
        quint64 said = 0;
        for (const DrainRequest &row : rows) {
            if (known != m_entries.end() && row.isOf(known->second.peer, known->second.identities)
                && (row.pool.isEmpty() || row.pool == known->second.pool
                    || row.pool == m_rememberedFor))
                said = std::max(said, row.generation);
        }
        const bool isSaid = known == m_entries.end() || said >= known->second.generation;
        const bool isGivenUp = !isSaid && said > 0 && known->second.generation > now;
        if (isGivenUp) {
            unbelieved.append(known->second);
            m_entries.erase(known);
        }
        key = isSaid || isGivenUp ? m_remembered.erase(key) : std::next(key);
    }
    return unbelieved;
}

bool DrainKnowledge::merge(const QList<DrainRequest> &entries, QStringList *outdated)
{
    bool isNew = false;
    std::map<DrainKey, quint64> read;
    for (const DrainRequest &entry : entries) {
        const DrainKey key = entry.key();
        quint64 &generation = read[key];
        generation = std::max(generation, entry.generation);
        const auto known = m_entries.find(key);
        if (known != m_entries.end() && known->second.generation >= entry.generation)
            continue;
        m_entries[key] = entry;
        isNew = true;
    }
    for (const auto &[key, entry] : m_entries) {
        const auto found = read.find(key);
        const bool isMissing = found == read.end() && entry.service == Service::Draining;
        if (isMissing || (found != read.end() && found->second < entry.generation))
            outdated->append(entry.peer);
    }
    if (isNew) {
        forgetExcess(read);
        publish();
    }
    return isNew;
}

void DrainKnowledge::publish()
{
    QList<DrainRequest> all;
    for (const auto &[key, entry] : m_entries)
        all.append(entry);
    m_requests = std::make_shared<const DrainRequests>(all, m_requests->version() + 1);
}

// Otherwise a writer of the file could let every process grow without limit.
void DrainKnowledge::forgetExcess(const std::map<DrainKey, quint64> &read)
{
    if (m_entries.size() <= MostKnown)
        return;
    std::vector<std::tuple<bool, quint64, DrainKey>> forgettable;
    for (const auto &[key, entry] : m_entries) {
        if (!read.contains(key))
            forgettable.emplace_back(entry.service == Service::Draining, entry.generation, key);
    }
    std::ranges::sort(forgettable);
    forgettable.resize(std::min(forgettable.size(), m_entries.size() - MostKnown));
    for (const auto &[isDraining, generation, key] : forgettable)
        m_entries.erase(key);
}

void DrainKnowledge::noteProblem(const QString &problem, quint64 began)
{
    QString before;
    {
        const std::lock_guard lock(m_mutex);
        if (began < m_notedUpTo)
            return;
        m_notedUpTo = began;
        before = std::exchange(m_problem, problem);
    }
    if (before == problem)
        return;
    if (problem.isEmpty())
        qCInfo(lcControl, "%s can be read again", qUtf8Printable(m_name));
    else
        qCWarning(lcControl, "%s", qUtf8Printable(problem));
}

std::shared_ptr<const DrainRequests> DrainKnowledge::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

} // namespace qproxysql
