// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainfile.h"

#include "config/coretexts.h"

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto RequestsLock = "drain.lock"_L1;
constexpr auto LockPatience = 5s;

} // namespace

DrainFile::DrainFile(const QString &folder, const QString &name)
    : m_folder(folder)
    , m_name(name)
{
}

DrainFile::Reading DrainFile::read() const
{
    Reading reading;
    reading.stamp = stamp();
    const auto content = m_folder.read(m_name, MostBytes);
    if (!content) {
        reading.refusal = content.error();
    } else if (*content) {
        if (const auto document = DrainDocument::parse(**content)) {
            reading.state = Reading::Good;
            reading.document = *document;
        } else {
            reading.refusal =
                    DrainRefusal{DrainRefusal::Damaged,
                                 CoreTexts::tr("%1 is damaged: %2").arg(path(), document.error())};
        }
    }
    if (reading.refusal)
        reading.state = reading.refusal->kind == DrainRefusal::Damaged ? Reading::Damaged
                                                                       : Reading::Unreadable;
    return reading;
}

DrainFile::Outcome DrainFile::write(const DrainRequest &request, const DrainBasis &basis,
                                    const DrainChange::Guard &guard) const
{
    Outcome outcome;
    outcome.refusal = badRequest(request);
    if (!outcome.refusal)
        outcome.refusal = m_folder.prepare();
    if (outcome.refusal)
        return outcome;
    const auto lock = m_folder.lock(RequestsLock, LockPatience);
    outcome.refusal = lock ? change(request, basis, guard, &outcome.change)
                           : std::optional(lock.error());
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
    *change = DrainChange::of(document.entries, request, basis,
                              quint64(QDateTime::currentMSecsSinceEpoch()));
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
    return m_folder.replace(m_name, document.toJson());
}

} // namespace qproxysql
