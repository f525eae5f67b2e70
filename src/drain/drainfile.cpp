// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainfile.h"

#include <QtCore/QCoreApplication>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto WishesFile = "drain.json"_L1;
constexpr auto WishesLock = "drain.lock"_L1;
constexpr qint64 MostBytes = 4 * 1024 * 1024;
constexpr auto LockPatience = 5s;

struct FileTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySql)
};

DrainRefusal changedMeanwhile(const DrainWish &wish, const DrainChange &change)
{
    QString text = FileTexts::tr("somebody else has changed %1 meanwhile").arg(wish.peer);
    if (!change.knownBy.isEmpty())
        text += FileTexts::tr(": %1").arg(change.knownBy);
    return {DrainRefusal::ChangedMeanwhile, text};
}

} // namespace

DrainFile::DrainFile(const QString &folder)
    : m_folder(folder)
    , m_clock([] { return quint64(QDateTime::currentMSecsSinceEpoch()); })
{
}

QString DrainFile::path() const
{
    return m_folder.filePath(WishesFile);
}

DrainFile::Reading DrainFile::read() const
{
    Reading reading;
    reading.stamp = stamp();
    const SharedFolder::Content content = m_folder.read(WishesFile, MostBytes);
    reading.refusal = content.refusal;
    if (content.refusal) {
        reading.state = content.refusal->kind == DrainRefusal::Damaged ? Reading::Damaged
                                                                       : Reading::Unreadable;
    } else if (content.exists) {
        QString error;
        if (const auto document = DrainDocument::parse(content.bytes, &error)) {
            reading.state = Reading::Good;
            reading.document = *document;
        } else {
            reading.state = Reading::Damaged;
            reading.refusal = DrainRefusal{DrainRefusal::Damaged,
                                           FileTexts::tr("%1 is damaged: %2").arg(path(), error)};
        }
    }
    return reading;
}

SharedFolder::Stamp DrainFile::stamp() const
{
    return m_folder.stamp(WishesFile);
}

DrainFile::Outcome DrainFile::write(const DrainWish &wish, const Guard &guard) const
{
    Outcome outcome;
    outcome.refusal = badRequest(wish);
    if (!outcome.refusal)
        outcome.refusal = m_folder.prepare();
    SharedFolder::Lock lock;
    if (!outcome.refusal)
        outcome.refusal = m_folder.lock(WishesLock, LockPatience, &lock);
    if (!outcome.refusal)
        outcome.refusal = change(wish, guard, &outcome.change);
    return outcome;
}

std::optional<DrainRefusal> DrainFile::change(const DrainWish &wish, const Guard &guard,
                                              DrainChange *change) const
{
    Reading reading = read();
    if (reading.refusal) {
        if (reading.state == Reading::Damaged)
            reading.refusal->text += FileTexts::tr(". It is left alone: mend it, or move it away");
        return reading.refusal;
    }
    DrainDocument &document = reading.document;
    *change = DrainChange::of(document.entries, wish, m_clock());
    if (!change->isNew)
        return {};
    if (document.isOfNewerFormat())
        return DrainRefusal{DrainRefusal::NewerFormat,
                            FileTexts::tr(
                                    "%1 has format %2; this version writes format %3 and would "
                                    "lose what it does not know. It is left alone: use the "
                                    "version that wrote it")
                                    .arg(path())
                                    .arg(document.format)
                                    .arg(DrainDocument::Format)};
    if (change->after.size() > DrainDocument::MostEntries)
        return DrainRefusal{DrainRefusal::BadRequest,
                            FileTexts::tr("%1 has %2 entries already, and more are not allowed. "
                                          "Remove those of peers that are no more")
                                    .arg(path())
                                    .arg(document.entries.size())};
    if (change->entry.generation > DrainEntry::MaxGeneration)
        return DrainRefusal{DrainRefusal::Damaged,
                            FileTexts::tr("%1 has a generation that none can be above").arg(path())};
    if (wish.expectedGeneration && *wish.expectedGeneration != change->knownGeneration)
        return changedMeanwhile(wish, *change);
    if (guard) {
        if (auto refusal = guard(*change))
            return refusal;
    }
    document.entries = change->after;
    return m_folder.replace(WishesFile, document.toJson());
}

} // namespace qproxysql
