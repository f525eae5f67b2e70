// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/reportreader.h"

#include "config/coretexts.h"
#include "report/proberound.h"
#include "verdict/reportquestion.h"

#include <algorithm>

namespace qproxysql {

namespace {

constexpr size_t MostAtOnce = 256; // a process may usually open 1024 files

} // namespace

ReportReader::ReportReader(const QString &around, std::chrono::milliseconds deadline,
                           QObject *parent)
    : QObject(parent)
    , m_folder(around)
    , m_timeout(deadline)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &ReportReader::giveUp);
}

ReportReader::~ReportReader() = default;

void ReportReader::collect()
{
    if (std::exchange(m_isCollecting, true))
        return;
    m_answers.clear();
    const Expected<QStringList> processes = m_folder.processes();
    m_waiting = processes.valueOr({});
    m_error = processes.error();
    m_probers = m_chooseProbers ? m_chooseProbers(m_waiting) : QSet<QString>();
    m_deadline.start(m_probers.isEmpty() ? m_timeout : m_timeout + ProbeRound::WorthWaiting);
    askMore();
    if (m_asked.empty())
        QMetaObject::invokeMethod(this, &ReportReader::finish, Qt::QueuedConnection);
}

void ReportReader::askMore()
{
    while (!m_waiting.isEmpty() && m_asked.size() < MostAtOnce) {
        const QString id = m_waiting.takeFirst();
        const auto request = m_probers.contains(id) ? ReportQuestion::Request::Probe
                                                    : ReportQuestion::Request::Report;
        auto *const question = new ReportQuestion(m_folder, id, request, this);
        m_asked.insert(question);
        connect(question, &ReportQuestion::answered, this,
                [this, question](const ReportAnswer &answer) {
                    m_answers.append(answer);
                    m_asked.erase(question);
                    question->deleteLater();
                    askMore();
                    if (m_asked.empty())
                        finish();
                });
        question->ask();
    }
}

// Questions that were still waiting are asked and ended at once.
void ReportReader::giveUp()
{
    const std::set<ReportQuestion *> late = m_asked;
    const QStringList unasked = std::exchange(m_waiting, {});
    for (const QString &id : unasked) {
        ReportAnswer answer;
        answer.process = m_folder.owner(id);
        answer.text = CoreTexts::tr("there was no time to ask it");
        m_answers.append(answer);
    }
    for (ReportQuestion *const question : late)
        question->giveUp();
}

void ReportReader::finish()
{
    if (!std::exchange(m_isCollecting, false))
        return;
    m_deadline.stop();
    std::ranges::sort(m_answers, {}, [](const ReportAnswer &answer) { return answer.process.id; });
    Q_EMIT collected(std::exchange(m_answers, {}), m_error);
}

} // namespace qproxysql
