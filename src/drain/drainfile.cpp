// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainfile.h"

#include "config/coretexts.h"

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto RequestsFile = "drain.json"_L1;
constexpr auto RequestsLock = "drain.lock"_L1;
constexpr qint64 MostBytes = 4 * 1024 * 1024;
constexpr auto LockPatience = 5s;

} // namespace

DrainFile::DrainFile(const QString &folder)
    : m_folder(folder)
    , m_clock([] { return quint64(QDateTime::currentMSecsSinceEpoch()); })
{
}

QString DrainFile::path() const
{
    return m_folder.filePath(RequestsFile);
}

DrainFile::Reading DrainFile::read() const
{
    Reading reading;
    reading.stamp = stamp();
    const SharedFolder::Content content = m_folder.read(RequestsFile, MostBytes);
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
                                           CoreTexts::tr("%1 is damaged: %2").arg(path(), error)};
        }
    }
    return reading;
}

SharedFolder::Stamp DrainFile::stamp() const
{
    return m_folder.stamp(RequestsFile);
}

DrainFile::Outcome DrainFile::write(const DrainRequest &request, const DrainBasis &basis,
                                    const DrainChange::Guard &guard) const
{
    Outcome outcome;
    outcome.refusal = badRequest(request);
    if (!outcome.refusal)
        outcome.refusal = m_folder.prepare();
    SharedFolder::Lock lock;
    if (!outcome.refusal)
        outcome.refusal = m_folder.lock(RequestsLock, LockPatience, &lock);
    if (!outcome.refusal)
        outcome.refusal = change(request, basis, guard, &outcome.change);
    return outcome;
}

std::optional<DrainRefusal> DrainFile::change(const DrainRequest &request, const DrainBasis &basis,
                                              const DrainChange::Guard &guard,
                                              DrainChange *change) const
{
    Reading reading = read();
    if (reading.refusal) {
        if (reading.state == Reading::Damaged)
            reading.refusal->text += CoreTexts::tr(". It is left alone: mend it, or move it away");
        return reading.refusal;
    }
    DrainDocument &document = reading.document;
    *change = DrainChange::of(document.entries, request, basis, m_clock());
    if (!change->isNew)
        return {};
    if (document.isOfNewerFormat())
        return DrainRefusal{
                DrainRefusal::NewerFormat,
                CoreTexts::tr("%1 has format %2; this version writes format %3 and would lose what "
                              "it does not know. It is left alone: use the version that wrote it")
                        .arg(path())
                        .arg(document.format)
                        .arg(DrainDocument::Format)};
    auto refusal = change->objection(request, basis, path(), DrainDocument::MostEntries);
    if (!refusal && guard)
        refusal = guard(*change);
    if (refusal)
        return refusal;
    document.entries = change->after;
    return m_folder.replace(RequestsFile, document.toJson());
}

} // namespace qproxysql
