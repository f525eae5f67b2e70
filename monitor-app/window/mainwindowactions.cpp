// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

// The handlers of the window's actions.

#include "models/democluster.h"
#include "models/peerexport.h"
#include "window/filechoice.h"
#include "window/loginprompts.h"
#include "window/mainwindow.h"
#include "window/messagebar.h"
#include "window/monitoractions.h"
#include "window/monitorsettings.h"
#include "window/monitorsources.h"
#include "window/openpools.h"
#include "window/peerstable.h"
#include "window/poolpage.h"
#include "window/pooltabs.h"
#include "window/settingsdialog.h"
#include "window/steering.h"
#include "window/trayicon.h"

#include <QtCore/QSaveFile>
#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtGui/QClipboard>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>

using namespace Qt::StringLiterals;

namespace qproxysql {

void MainWindow::connectFile()
{
    connect(m_actions->addPool, &QAction::triggered, m_openPools, &OpenPools::add);
    connect(m_actions->openPoolFile, &QAction::triggered, m_openPools, &OpenPools::chooseFile);
    connect(m_openPools, &OpenPools::opened, this, &MainWindow::bringToFront);
    connect(m_openPools, &OpenPools::added, this,
            [this](const QString &pool) { m_wantedPool = pool; });
    connect(m_actions->demoPool, &QAction::triggered, this, [this] {
        if (PoolPage *const demo = m_tabs->find(m_sources.addDemo(), DemoCluster::poolName()))
            m_tabs->setCurrentPage(demo);
    });
    connect(m_actions->editPool, &QAction::triggered, this, [this] {
        if (PoolPage *const current = page())
            m_openPools->edit(*current);
    });
    connect(m_actions->closePool, &QAction::triggered, this, [this] {
        if (PoolPage *const current = page())
            m_openPools->close(*current);
    });
    connect(m_actions->exportPool, &QAction::triggered, this, &MainWindow::chooseExport);
    connect(m_actions->quit, &QAction::triggered, this, &MainWindow::quit);
}

void MainWindow::connectPeer()
{
    // Lambdas, since GCC 12 with -fsanitize=address,undefined calls a captured pointer to member wrongly.
    const auto onPeers = [this](QAction *action, auto run) {
        connect(action, &QAction::triggered, this, [this, action, run] {
            const QStringList peers = action->data().toStringList();
            if (PoolPage *const current = page(); current && !peers.isEmpty())
                run(*m_steering, *current, peers);
        });
    };
    using Page = PoolPage;
    using Peers = QStringList;
    onPeers(m_actions->drain, [](Steering &s, Page &at, const Peers &peers) { s.drain(at, peers); });
    onPeers(m_actions->resume,
            [](Steering &s, Page &at, const Peers &peers) { s.resume(at, peers); });
    onPeers(m_actions->recheck,
            [](Steering &s, Page &at, const Peers &peers) { s.recheck(at, peers); });
    onPeers(m_actions->copyReport, [](Steering &s, Page &at, const Peers &peers) {
        s.copyReport(at, peers.constFirst());
    });
    onPeers(m_actions->copyDrain, [](Steering &s, Page &at, const Peers &peers) {
        s.copyRequests(at, peers, Service::Draining);
    });
    onPeers(m_actions->copyResume, [](Steering &s, Page &at, const Peers &peers) {
        s.copyRequests(at, peers, Service::InService);
    });
    onPeers(m_actions->copyRecheck,
            [](Steering &s, Page &at, const Peers &peers) { s.copyRecheck(at, peers); });
    connect(m_actions->rolling, &QAction::triggered, this, [this] {
        if (PoolPage *const current = page()) {
            const QStringList peers = current->table().selectedPeers();
            m_steering->rolling(*current, peers.size() > 1 ? peers : QStringList());
        }
    });
    connect(m_actions->copyRows, &QAction::triggered, this, &MainWindow::copyRows);
}

void MainWindow::connectView()
{
    connect(m_actions->refresh, &QAction::triggered, &m_sources, &MonitorSources::refreshAll);
    connect(m_actions->pause, &QAction::toggled, &m_sources, &MonitorSources::setPaused);
    connect(m_actions->intervals, &QActionGroup::triggered, this, [this](const QAction *action) {
        m_settings.setInterval(action->data().toInt());
        m_sources.setInterval(action->data().toInt());
    });
    connect(m_actions->problemsOnly, &QAction::toggled, this, [this](bool isOn) {
        m_settings.setProblemsOnly(isOn);
        for (PoolPage *one : m_tabs->pages())
            one->table().order().setMarkedOnly(isOn);
    });
    connect(m_actions->filter, &QAction::triggered, this, [this] {
        m_actions->filterEdit->setFocus(Qt::ShortcutFocusReason);
        m_actions->filterEdit->selectAll();
    });
    connect(m_actions->filterEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        for (PoolPage *one : m_tabs->pages())
            one->table().order().setFilterText(text);
    });
    connect(m_actions->columns, &QMenu::aboutToShow, this, [this] {
        m_actions->columns->clear();
        if (PoolPage *const current = page())
            m_actions->columns->addActions(current->table().columnsMenu()->actions());
    });
    const auto onPage = [this](QAction *action, auto run) {
        connect(action, &QAction::triggered, this, [this, run] {
            if (PoolPage *const current = page())
                run(*current);
        });
    };
    onPage(m_actions->showApplications, [](PoolPage &one) { one.showPane(PoolPage::Applications); });
    onPage(m_actions->showDetails, [](PoolPage &one) { one.showPane(PoolPage::Details); });
    onPage(m_actions->showEvents, [](PoolPage &one) { one.showPane(PoolPage::Events); });
    onPage(m_actions->showGraphs, [](PoolPage &one) { one.showPane(PoolPage::Graphs); });
    onPage(m_actions->nextPane, [](PoolPage &one) { one.cyclePanes(1); });
    onPage(m_actions->previousPane, [](PoolPage &one) { one.cyclePanes(-1); });
    connect(m_actions->nextPool, &QAction::triggered, this, [this] { m_tabs->step(1); });
    connect(m_actions->previousPool, &QAction::triggered, this, [this] { m_tabs->step(-1); });
}

void MainWindow::connectTools()
{
    connect(m_actions->logIn, &QAction::triggered, this,
            [this] { m_prompts->ask(page() ? &page()->source() : m_sources.machine()); });
    connect(m_actions->recordEvents, &QAction::triggered, this, &MainWindow::chooseRecord);
    connect(m_actions->settings, &QAction::triggered, this, &MainWindow::chooseSettings);
}

void MainWindow::showPeerMenu(const QString &peer, const QPoint &position)
{
    PoolPage *const current = page();
    // A row among several that are selected means all of them.
    const QStringList selected = current->table().selectedPeers();
    m_actions->bindPeers(selected.contains(peer) ? selected : QStringList{peer});
    current->table().hold();
    // Not exec(): the table below continues to be updated.
    QMenu *const menu = m_actions->peerMenu();
    // Queued: the chosen action is triggered after aboutToHide() and before the menu is bound
    // again.
    connect(
            menu, &QMenu::aboutToHide, current,
            [this, current] {
                current->table().release();
                showCurrent();
            },
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    menu->popup(position);
}

void MainWindow::copyRows()
{
    QModelIndexList cells;
    const auto *const view = qobject_cast<QAbstractItemView *>(QApplication::focusWidget());
    if (page() && view && view != &page()->table())
        cells = view->selectionModel()->selectedIndexes();
    else if (page())
        cells = page()->table().selectedCells();
    if (!cells.isEmpty())
        QGuiApplication::clipboard()->setText(tabSeparated(cells));
}

void MainWindow::chooseExport()
{
    const FileChoice choice{tr("Export Pool"),
                            {tr("CSV (*.csv)"), tr("JSON (*.json)")},
                            QFileDialog::AcceptSave};
    choice.open(this, [this](const QString &path) { exportTo(path); });
}

bool MainWindow::exportTo(const QString &path)
{
    const PoolPage *const current = page();
    const PoolView *const pool = current ? current->poolView() : nullptr;
    if (!pool)
        return false;
    const bool isJson = path.endsWith(".json"_L1, Qt::CaseInsensitive);
    const QByteArray bytes = isJson ? jsonOf(current->source().view(), pool->name) : csvOf(*pool);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return true;
    m_messages->report(u"export"_s, MessageBar::Kind::Warning,
                       tr("The pool was not exported to %1: %2").arg(path, file.errorString()));
    return false;
}

void MainWindow::chooseRecord(bool isOn)
{
    if (!isOn) {
        recordTo({});
        return;
    }
    m_actions->recordEvents->setChecked(false); // until a file is chosen
    const FileChoice choice{tr("Record Events to File"),
                            {tr("JSON lines (*.jsonl)")},
                            QFileDialog::AcceptSave,
                            true};
    choice.open(this, [this](const QString &path) { recordTo(path); });
}

bool MainWindow::recordTo(const QString &path)
{
    const bool isGood = m_recorder.setPath(path);
    if (!isGood)
        m_messages->report(u"record"_s, MessageBar::Kind::Warning, m_recorder.errorString());
    m_actions->recordEvents->setChecked(m_recorder.isRecording());
    return isGood;
}

void MainWindow::chooseSettings()
{
    auto *const dialog = new SettingsDialog(m_settings, *m_desktop, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, &MainWindow::showBanner);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_sources.setForgottenAfter(std::chrono::hours(m_settings.forgottenAfterHours()));
    });
    connect(dialog, &QDialog::accepted, m_tray.get(), &TrayIcon::applySettings);
    dialog->open();
}

void MainWindow::showProblems(WatchedSource *source)
{
    const QString key = u"problem:"_s + source->name();
    const QStringList &problems = source->view().problems;
    if (problems.isEmpty()) {
        m_messages->clear(key);
        return;
    }
    MessageBar::Action forget;
    if (source->isFileBroken()) {
        const QPointer<WatchedSource> alive = source;
        forget = {tr("For&get File"), [this, alive] {
                      if (alive)
                          m_openPools->forget(alive);
                  }};
    }
    const bool isDemo = source->kind() == WatchedSource::Kind::Demo;
    m_messages->report(key, isDemo ? MessageBar::Kind::Information : MessageBar::Kind::Warning,
                       problems.join(u'\n'), forget);
}

} // namespace qproxysql
