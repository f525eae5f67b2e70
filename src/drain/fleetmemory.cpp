// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/fleetmemory.h"

#include "config/coretexts.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <functional>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto MemoryLock = "fleet.lock"_L1;
constexpr auto MemoryLockPatience = 2s;

QString memoryName(const QString &schema, const QString &pool)
{
    const QByteArray both = schema.toUtf8() + '\n' + pool.toUtf8();
    const QByteArray hash = QCryptographicHash::hash(both, QCryptographicHash::Sha256).toHex();
    return u"fleet-%1.json"_s.arg(QString::fromLatin1(hash.first(16)));
}

bool isUnbelievable(const DrainRequest &entry)
{
    return entry.generation > FleetMemory::MostBelieved;
}

/// As many of its entries as a reader accepts.
DrainDocument fitting(DrainDocument document)
{
    QList<DrainRequest> &entries = document.entries;
    entries.removeIf(isUnbelievable);
    std::ranges::stable_sort(entries, std::greater(), [](const DrainRequest &entry) {
        return std::pair(entry.service == Service::Draining, entry.generation);
    });
    entries.resize(std::min(entries.size(), DrainDocument::MostEntries));
    while (!entries.isEmpty() && document.toJson().size() > DrainFile::MostBytes)
        entries.resize(entries.size() - (entries.size() + 7) / 8);
    entries = newestRequests(entries, {});
    return document;
}

} // namespace

FleetMemory::FleetMemory(const QString &folder, const QString &schema, const QString &pool)
    : m_folder(folder)
    , m_hasFolder(!folder.isEmpty())
    , m_schema(schema)
    , m_pool(pool)
    , m_name(memoryName(schema, pool))
    , m_file(folder, m_name)
{
}

FleetMemory::Reading FleetMemory::read() const
{
    if (!m_hasFolder)
        return {};
    const DrainFile::Reading known = m_file.read();
    Reading reading{known.document.entries, known.refusal};
    if (reading.entries.removeIf(isUnbelievable) > 0)
        reading.refusal = DrainRefusal{
                DrainRefusal::Damaged,
                CoreTexts::tr(
                        "%1 has a generation above %2, which is of no clock and is not believed")
                        .arg(path())
                        .arg(MostBelieved)};
    return reading;
}

std::optional<DrainRefusal> FleetMemory::add(const QList<DrainRequest> &entries,
                                             const QList<DrainRequest> &givenUp) const
{
    if (!m_hasFolder
        || (qEnvironmentVariableIsSet("QPROXYSQL_DIR") && !QFileInfo(m_folder.path()).isDir()))
        return {};
    if (auto refusal = m_folder.prepare())
        return refusal;
    const auto lock = m_folder.lock(MemoryLock, MemoryLockPatience);
    if (!lock)
        return lock.error();
    const DrainFile::Reading known = m_file.read();
    if (known.state == DrainFile::Reading::Unreadable)
        return known.refusal;
    DrainDocument kept = known.document;
    const QList<DrainRequest> before = newestRequests(kept.entries, {});
    kept.entries.removeIf([&](const DrainRequest &entry) { return givenUp.contains(entry); });
    kept.entries = newestRequests(kept.entries, entries);
    // For people who read the file.
    kept.rest.insert("schema"_L1, m_schema);
    kept.rest.insert("pool"_L1, m_pool);
    kept = fitting(kept);
    if (kept.isOfNewerFormat() || (!known.refusal && kept.entries == before))
        return {};
    return m_folder.replace(m_name, kept.toJson());
}

} // namespace qproxysql
