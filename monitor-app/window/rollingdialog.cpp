// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/rollingdialog.h"

#include "cluster/peersearch.h"
#include "cluster/rollingplanning.h"
#include "models/copycommand.h"
#include "rolling/rollingtexts.h"
#include "verdict/draintexts.h"
#include "window/dialogparts.h"
#include "window/verdictbanner.h"
#include "window/watchedsource.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTreeWidget>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

enum Column { Peer, Step, Time, ColumnCount };

double totalOf(const RollingPeer &peer)
{
    double total = 0;
    for (const double seconds : peer.seconds)
        total += seconds;
    return total;
}

} // namespace

RollingDialog::RollingDialog(WatchedSource &source, const QString &pool, const QStringList &chosen,
                             QWidget *parent)
    : QDialog(parent)
    , m_source(source)
    , m_pool(pool)
    , m_file(source.view().folder)
    , m_banner(new VerdictBanner(this))
    , m_form(new QFormLayout(this))
    , m_peers(new QTreeWidget(this))
    , m_reason(new QLineEdit(this))
    , m_command(new QLineEdit(this))
    , m_order(new QWidget(this))
{
    setObjectName(u"rollingDialog"_s);
    setWindowTitle(tr("Rolling Restart of %1").arg(pool));
    setAccessibleName(windowTitle());
    addFields();
    addButtons();
    const auto kept = m_file.read();
    if (!kept) {
        listPeers(chosen);
        refuse(kept.error().text);
    } else if (*kept && (*kept)->isUnfinished()) {
        m_plan = **kept;
        showPlan(*m_plan);
    } else {
        listPeers(chosen);
        showPhase(Phase::Setup);
        m_peers->setFocus();
    }
}

RollingDialog::~RollingDialog() = default;

void RollingDialog::addFields()
{
    m_form->addRow(m_banner);
    m_peers->setObjectName(u"rollingPeers"_s);
    m_peers->setAccessibleName(tr("Peers, in the order of their restart"));
    m_peers->setRootIsDecorated(false);
    m_peers->setHeaderLabels({tr("Peer"), tr("Step"), tr("Time")});
    m_peers->header()->setStretchLastSection(false);
    m_peers->header()->setSectionResizeMode(Peer, QHeaderView::ResizeToContents);
    m_peers->header()->setSectionResizeMode(Step, QHeaderView::Stretch);
    m_peers->header()->setSectionResizeMode(Time, QHeaderView::ResizeToContents);
    m_peers->setMinimumSize(fontMetrics().averageCharWidth() * 80, fontMetrics().lineSpacing() * 8);
    m_form->addRow(m_peers);
    auto *const order = new QHBoxLayout(m_order);
    order->setContentsMargins(0, 0, 0, 0);
    const auto addMove = [this, order](const QString &text, int by, const QString &name) {
        auto *const button = new QPushButton(text, m_order);
        button->setObjectName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, by] { movePeer(by); });
        order->addWidget(button);
    };
    addMove(tr("Move &Up"), -1, u"moveUp"_s);
    addMove(tr("Move &Down"), 1, u"moveDown"_s);
    order->addStretch(1);
    m_form->addRow(m_order);
    m_reason->setMaxLength(int(DrainRequest::LongestText));
    DialogParts::addLine(m_form, m_reason, u"reason"_s, tr("&Reason:"),
                         tr("for others to read, for example: kernel update"));
    DialogParts::addLine(m_form, m_command, u"command"_s, tr("Co&mmand:"),
                         tr("restarts $QPROXYSQL_HOST; empty: you are told when to do it"));
}

void RollingDialog::addButtons()
{
    auto *const box = new QDialogButtonBox(this);
    m_begin = DialogParts::addButton(box, tr("&Begin"), QDialogButtonBox::ActionRole, u"begin"_s);
    m_continue = DialogParts::addButton(box, tr("C&ontinue"), QDialogButtonBox::ActionRole,
                                        u"continue"_s);
    m_abort = DialogParts::addButton(box, tr("&End It"), QDialogButtonBox::ActionRole, u"abort"_s);
    m_copy = DialogParts::addButton(box, tr("Copy &as Command"), QDialogButtonBox::ActionRole,
                                    u"copyCommand"_s);
    m_close = DialogParts::addButton(box, tr("C&lose"), QDialogButtonBox::RejectRole, u"close"_s);
    connect(m_begin, &QPushButton::clicked, this, &RollingDialog::begin);
    connect(m_continue, &QPushButton::clicked, this, &RollingDialog::continueIt);
    connect(m_abort, &QPushButton::clicked, this, &RollingDialog::abortIt);
    connect(m_copy, &QPushButton::clicked, this, &RollingDialog::copyCommand);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_form->addRow(box);
}

void RollingDialog::listPeers(const QStringList &chosen)
{
    const auto peers = rollingPeersOf(m_source.view(), {}, m_pool);
    const PoolView *pool = nullptr;
    for (const PoolView &one : m_source.view().pools)
        pool = one.name == m_pool ? &one : pool;
    QStringList names;
    if (peers) {
        for (const RollingPeer &peer : *peers)
            names.append(peer.peer);
    } else if (pool) {
        for (const PeerView &peer : pool->peers)
            names.append(peer.address.name());
    }
    for (const QString &name : std::as_const(names)) {
        auto *const item = new QTreeWidgetItem(m_peers, {name});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Peer, chosen.isEmpty() || chosen.contains(name) ? Qt::Checked
                                                                            : Qt::Unchecked);
    }
    m_peers->setCurrentItem(m_peers->topLevelItem(0));
}

QStringList RollingDialog::chosenPeers() const
{
    QStringList names;
    for (int row = 0; row < m_peers->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *const item = m_peers->topLevelItem(row);
        if (item->checkState(Peer) == Qt::Checked)
            names.append(item->text(Peer));
    }
    return names;
}

void RollingDialog::movePeer(int by)
{
    const int row = m_peers->indexOfTopLevelItem(m_peers->currentItem());
    const int target = row + by;
    if (row < 0 || target < 0 || target >= m_peers->topLevelItemCount())
        return;
    QTreeWidgetItem *const item = m_peers->takeTopLevelItem(row);
    m_peers->insertTopLevelItem(target, item);
    m_peers->setCurrentItem(item);
}

/// Another one may have begun, continued or ended a rolling restart since this was opened.
std::optional<RollingDialog::Turn> RollingDialog::takeTurn()
{
    if (m_source.isReadOnly()) {
        refuse(tr("Read-only window: nothing was changed."));
        return {};
    }
    const auto lock = m_file.lock();
    if (!lock) {
        refuse(lock.error().text);
        return {};
    }
    if (m_source.view().folder.isEmpty())
        return Turn{*lock, m_plan};
    const auto kept = m_file.read();
    if (!kept) {
        refuse(kept.error().text);
        return {};
    }
    if (m_plan || (*kept && (*kept)->isUnfinished()))
        m_plan = *kept;
    return Turn{*lock, *kept};
}

void RollingDialog::begin()
{
    const QStringList chosen = chosenPeers();
    if (chosen.isEmpty()) {
        refuse(tr("No peer is chosen."));
        return;
    }
    const auto turn = takeTurn();
    if (!turn)
        return;
    const auto plan = planFor(m_source.view(),
                              {.peers = chosen,
                               .pool = m_pool,
                               .reason = m_reason->text().trimmed(),
                               .command = m_command->text().trimmed(),
                               .controlSchema = m_source.scope().controlSchema},
                              turn->kept);
    if (plan)
        carryOut(*plan, turn->lock);
    else
        refuse(plan.error().text);
}

void RollingDialog::continueIt()
{
    const auto turn = takeTurn();
    if (!turn)
        return;
    const auto plan = planToContinue(turn->kept, m_command->text().trimmed(),
                                     m_source.scope().controlSchema);
    if (plan)
        carryOut(*plan, turn->lock);
    else
        refuse(plan.error().text);
}

void RollingDialog::carryOut(const RollingPlan &plan, const SharedFolder::Lock &lock)
{
    m_runner = std::make_unique<RollingRunner>(m_source.source(),
                                               RollingRunner::Setup{.plan = plan,
                                                                    .folder = m_source.view().folder,
                                                                    .lock = lock,
                                                                    .refresh = [this] {
                                                                        m_source.refresh();
                                                                    }});
    connect(m_runner.get(), &RollingRunner::changed, this, &RollingDialog::showStep);
    connect(m_runner.get(), &RollingRunner::over, this, [this] {
        m_plan = m_runner->plan();
        m_runner.release()->deleteLater(); // with its lock
        showPlan(*m_plan);
    });
    showPhase(Phase::Running);
    m_reason->setText(plan.reason);
    m_runner->begin();
    if (isRunning())
        showStep();
    m_close->setFocus();
}

void RollingDialog::abortIt()
{
    const auto turn = takeTurn();
    if (!turn)
        return;
    const auto end = RollingRunner::abort(m_source.view().folder, turn->kept, m_source.view());
    if (end.refusal) {
        refuse(end.refusal->text);
        return;
    }
    m_plan = turn->kept;
    m_plan->state = RollingPlan::State::Aborted;
    showPlan(*m_plan);
    if (!end.stays.isEmpty())
        m_banner->show(VerdictBanner::Kind::Unknown, tr("Ended"), end.stays, end.stays);
    if (end.resume)
        m_source.request(*end.resume);
}

/// Of a rolling restart that is not carried out here now.
void RollingDialog::showPlan(const RollingPlan &plan)
{
    const RollingPeer *const current = plan.current();
    showPhase(plan.isUnfinished() ? Phase::Stopped : Phase::Finished);
    showRows(plan);
    m_reason->setText(plan.reason);
    if (plan.state == RollingPlan::State::Finished) {
        const QString text = tr("All peers were restarted.");
        m_banner->show(VerdictBanner::Kind::Safe, text, {}, text);
    } else if (plan.isUnfinished()) {
        const QString text = plan.failure.isEmpty()
                                     ? tr("Begun by %1, and interrupted.").arg(plan.by)
                                     : plan.failure;
        m_banner->show(VerdictBanner::Kind::NotYet,
                       tr("Stopped at %1").arg(current ? current->peer : QString()), text, text);
        m_continue->setFocus();
    } else {
        const QString text = plan.failure.isEmpty() ? tr("Ended before all peers were restarted.")
                                                    : plan.failure;
        m_banner->show(VerdictBanner::Kind::Unknown, tr("Ended"), text, text);
    }
}

void RollingDialog::showPhase(Phase phase)
{
    const bool isSetup = phase == Phase::Setup;
    m_begin->setVisible(isSetup);
    m_begin->setDefault(isSetup);
    m_copy->setVisible(isSetup);
    m_order->setVisible(isSetup);
    m_continue->setVisible(phase == Phase::Stopped);
    m_abort->setVisible(phase == Phase::Stopped);
    m_reason->setEnabled(isSetup);
    m_command->setEnabled(isSetup || phase == Phase::Stopped);
    m_close->setText(phase == Phase::Running ? tr("&Interrupt") : tr("C&lose"));
    m_close->setToolTip(phase == Phase::Running
                                ? tr("It stops where it is, and can be continued later")
                                : QString());
    if (isSetup) {
        const QString text = tr("One peer after the other is drained, restarted when it is safe, "
                                "and resumed when it is ready. It stops when a step fails.");
        m_banner->show(VerdictBanner::Kind::Unknown, tr("Nothing is restarted yet"), text, text);
    }
}

void RollingDialog::showStep()
{
    if (!isRunning())
        return;
    const RollingPlan &plan = m_runner->plan();
    showRows(plan);
    const RollingPeer *const current = plan.current();
    if (!current)
        return;
    const QString step = RollingTexts::step(current->step, current->peer);
    if (current->step == RollingPeer::Step::Stop)
        m_banner->show(VerdictBanner::Kind::Safe,
                       plan.command.isEmpty()
                               ? tr("SAFE TO STOP: restart %1 now").arg(current->peer)
                               : tr("SAFE TO STOP: the command restarts %1").arg(current->peer),
                       {}, step);
    else
        m_banner->show(VerdictBanner::Kind::NotYet, tr("Do not stop any server now"),
                       current->step == RollingPeer::Step::Drain && !m_runner->seen().drain.isEmpty()
                               ? step + u" · "_s + m_runner->seen().drain
                               : step,
                       step);
}

void RollingDialog::showRows(const RollingPlan &plan)
{
    while (m_peers->topLevelItemCount() > plan.peers.size())
        delete m_peers->takeTopLevelItem(m_peers->topLevelItemCount() - 1);
    for (int row = 0; row < plan.peers.size(); ++row) {
        const RollingPeer &peer = plan.peers.at(row);
        QTreeWidgetItem *item = m_peers->topLevelItem(row);
        if (!item)
            item = new QTreeWidgetItem(m_peers);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        item->setData(Peer, Qt::CheckStateRole, {});
        item->setText(Peer, peer.peer);
        const bool isWaiting = peer.step == RollingPeer::Step::Check && plan.current() != &peer;
        item->setText(Step, isWaiting
                                    ? tr("waits")
                                    : RollingTexts::step(peer.step, peer.peer).section(u": "_s, 1));
        item->setText(Time, isWaiting ? QString() : DrainTexts::age(totalOf(peer)));
        if (plan.current() == &peer)
            m_peers->setCurrentItem(item);
    }
}

void RollingDialog::refuse(const QString &text)
{
    if (m_plan)
        showPlan(*m_plan);
    else
        showPhase(Phase::Setup);
    m_banner->show(VerdictBanner::Kind::NotYet, tr("Not begun"), text, text);
}

void RollingDialog::copyCommand()
{
    QStringList more = m_source.ctlOptions();
    if (const qsizetype pool = more.indexOf(u"--pool"_s); pool >= 0)
        more.remove(pool, 2); // its peers are given
    QGuiApplication::clipboard()->setText(rollingCommand(chosenPeers(), m_reason->text().trimmed(),
                                                         m_command->text().trimmed(), more));
}

} // namespace qproxysql
