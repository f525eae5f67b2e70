// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/draindialog.h"

#include "models/copycommand.h"
#include "window/dialogparts.h"
#include "window/peerlabel.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QLabel>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

QLabel *factLabel(QWidget *parent, const QString &name)
{
    auto *const label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(label->fontMetrics().averageCharWidth() * 56);
    return label;
}

} // namespace

DrainDialog::DrainDialog(const QStringList &peers, const QStringList &command, QWidget *parent)
    : QDialog(parent)
    , m_peers(peers)
    , m_command(command)
    , m_sessions(factLabel(this, u"sessions"_s))
    , m_landings(factLabel(this, u"landings"_s))
    , m_others(factLabel(this, u"others"_s))
    , m_warnings(factLabel(this, u"warnings"_s))
    , m_reason(new QLineEdit(this))
{
    setWindowTitle(tr("Drain %1").arg(shortName()));
    setAccessibleName(windowTitle());
    auto *const form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    auto *const title = factLabel(this, u"title"_s);
    title->setText(
            tr("All applications leave %1 and do not use it again until somebody resumes it. "
               "Nothing is killed: transactions end first.")
                    .arg(peers.join(", "_L1)));
    form->addRow(title);
    form->addRow(tr("Sessions:"), m_sessions);
    form->addRow(tr("They go to:"), m_landings);
    form->addRow(tr("Others:"), m_others);
    m_warnings->hide();
    form->addRow(m_warnings);
    m_reason->setMaxLength(int(DrainRequest::LongestText));
    DialogParts::addLine(form, m_reason, u"reason"_s, tr("&Reason:"),
                         tr("for others to read, for example: kernel update"));
    addGuard();
    form->addRow(m_guardBox);
    addButtons();
    m_reason->setFocus();
}

void DrainDialog::addGuard()
{
    m_guardBox = new QWidget(this);
    auto *const layout = new QVBoxLayout(m_guardBox);
    layout->setContentsMargins(0, 0, 0, 0);
    m_guardText = factLabel(m_guardBox, u"guardText"_s);
    m_guard = new QLineEdit(m_guardBox);
    m_guard->setObjectName(u"guard"_s);
    m_guard->setAccessibleName(tr("The pool's name"));
    m_guardText->setBuddy(m_guard);
    layout->addWidget(m_guardText);
    layout->addWidget(m_guard);
    m_guardBox->hide();
    connect(m_guard, &QLineEdit::textChanged, this, &DrainDialog::checkGuard);
}

void DrainDialog::addButtons()
{
    auto *const box = new QDialogButtonBox(this);
    m_drain = DialogParts::addButton(box, tr("&Drain %1").arg(shortName()),
                                     QDialogButtonBox::AcceptRole, u"drain"_s);
    m_drain->setAccessibleName(windowTitle());
    m_drain->setDefault(true);
    DialogParts::addButton(box, tr("&Cancel"), QDialogButtonBox::RejectRole);
    const QPushButton *const copy = DialogParts::addButton(box, tr("Copy as Co&mmand"),
                                                           QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this, &DrainDialog::copyCommand);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(box, &QDialogButtonBox::accepted, this, [this] {
        for (const DrainRequest &request : requests())
            Q_EMIT wanted(request);
        accept();
    });
    static_cast<QFormLayout *>(layout())->addRow(box);
}

void DrainDialog::setView(const ClusterView &view)
{
    const DrainForecast forecast = drainForecastOf(view, m_peers);
    m_isDrainable = forecast.isKnown && !forecast.isDraining;
    m_sessions->setText(forecast.sessionsText());
    m_landings->setText(landingLines(forecast));
    m_others->setText(forecast.othersText());
    const bool isOther = m_lastIn != forecast.lastHealthyOf;
    m_lastIn = forecast.lastHealthyOf;
    showWarnings(forecast);
    if (isOther) {
        m_guardText->setText(tr("To drain it anyway, type the &pool's name, %1:").arg(m_lastIn));
        m_guardBox->setVisible(isLast() && m_peers.size() == 1);
        adjustSize();
    }
    checkGuard();
}

QString DrainDialog::landingLines(const DrainForecast &forecast) const
{
    QStringList lines;
    for (const DrainForecast::Landing &landing : forecast.landings) {
        const QString line = landing.limit ? tr("%1: %2 now, about %3 more, limit %4")
                                           : tr("%1: %2 now, about %3 more");
        QString text = line.arg(landing.peer).arg(landing.now).arg(landing.more);
        if (landing.limit)
            text = text.arg(*landing.limit);
        lines.append(text);
    }
    return lines.isEmpty() ? tr("nobody") : lines.join(u'\n');
}

void DrainDialog::showWarnings(const DrainForecast &forecast)
{
    QStringList lines;
    if (!forecast.isKnown)
        lines.append(tr("%1 is no longer known here.").arg(m_peers.join(", "_L1)));
    if (forecast.isDraining)
        lines.append(tr("This drain is under way already."));
    if (isLast() && m_peers.size() > 1)
        lines.append(tr("Not all of them can be drained at once."));
    if (const QString warning = forecast.warning(); !warning.isEmpty())
        lines.append(warning);
    m_warnings->setText(lines.join(u'\n'));
    const bool isShown = !lines.isEmpty();
    if (m_warnings->isHidden() == isShown) {
        m_warnings->setVisible(isShown);
        adjustSize();
    }
}

bool DrainDialog::isConfirmed() const
{
    return isLast() && m_peers.size() == 1
           && m_lastIn.compare(m_guard->text().trimmed(), Qt::CaseInsensitive) == 0;
}

void DrainDialog::checkGuard()
{
    m_drain->setEnabled(m_isDrainable && (!isLast() || isConfirmed()));
}

QList<DrainRequest> DrainDialog::requests() const
{
    QList<DrainRequest> all;
    for (const QString &peer : m_peers) {
        all.append({.peer = peer,
                    .service = Service::Draining,
                    .reason = m_reason->text().trimmed(),
                    .isForced = isConfirmed()});
    }
    return all;
}

QString DrainDialog::shortName() const
{
    return m_peers.size() == 1 ? PeerLabel::shortName(m_peers.constFirst())
                               : tr("%n peer(s)", "that are drained", int(m_peers.size()));
}

void DrainDialog::copyCommand()
{
    QStringList lines;
    for (const DrainRequest &request : requests())
        lines.append(commandOf(request, m_command));
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace qproxysql
