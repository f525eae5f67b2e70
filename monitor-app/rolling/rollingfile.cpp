// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "rolling/rollingfile.h"

#include "rolling/rollingtexts.h"

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto FileName = "rolling.json"_L1;
constexpr auto LockName = "rolling.lock"_L1;
constexpr qint64 MostBytes = 1024 * 1024;

} // namespace

Expected<std::optional<RollingPlan>, DrainRefusal> RollingFile::read() const
{
    if (m_folder.path().isEmpty())
        return std::optional<RollingPlan>();
    const auto content = m_folder.read(FileName, MostBytes);
    if (!content)
        return Unexpected(content.error());
    if (!*content)
        return std::optional<RollingPlan>();
    const auto plan = RollingPlan::parse(**content);
    if (!plan)
        return Unexpected(
                DrainRefusal{DrainRefusal::Damaged,
                             RollingTexts::tr("%1 is damaged: %2. It is left alone: move it away")
                                     .arg(m_folder.filePath(FileName), plan.error())});
    return std::optional(*plan);
}

Expected<SharedFolder::Lock, DrainRefusal> RollingFile::lock() const
{
    if (m_folder.path().isEmpty())
        return SharedFolder::Lock();
    if (const auto refusal = m_folder.prepare())
        return Unexpected(*refusal);
    auto lock = m_folder.lock(LockName, 0ms);
    if (lock || lock.error().kind != DrainRefusal::IoError)
        return lock;
    const auto plan = read().valueOr({});
    return Unexpected(
            DrainRefusal{DrainRefusal::RollingRestart,
                         plan ? RollingTexts::tr("a rolling restart by %1 is under way").arg(plan->by)
                              : RollingTexts::tr("another rolling restart is under way")});
}

std::optional<DrainRefusal> RollingFile::save(const RollingPlan &plan) const
{
    if (m_folder.path().isEmpty())
        return {};
    RollingPlan saved = plan;
    saved.savedAt = QDateTime::currentDateTimeUtc();
    return m_folder.replace(FileName, saved.toJson());
}

std::optional<DrainRefusal> RollingFile::objectionToDrain(const QStringList &names,
                                                          const QStringList &pools) const
{
    const auto plan = read().valueOr({});
    if (!plan || !plan->isUnfinished() || !plan->current())
        return {};
    const QString &current = plan->current()->peer;
    const bool isOfPools = std::ranges::any_of(pools, [&plan](const QString &pool) {
        return plan->pools.contains(pool);
    });
    if (names.contains(current) || !isOfPools)
        return {};
    return DrainRefusal{DrainRefusal::RollingRestart,
                        RollingTexts::tr("a rolling restart by %1 is unfinished and is at %2. "
                                         "\"qproxysql-ctl rolling --abort\" ends one that was "
                                         "interrupted")
                                .arg(plan->by, current)};
}

} // namespace qproxysql
