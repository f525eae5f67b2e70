// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/mainwindow.h"

#include "models/poolsummary.h"
#include "models/stateicon.h"
#include "window/bannerstrip.h"
#include "window/draincardwidget.h"
#include "window/firstrunpage.h"
#include "window/loginprompts.h"
#include "window/messagebar.h"
#include "window/monitoractions.h"
#include "window/monitoricon.h"
#include "window/monitorsettings.h"
#include "window/monitorsources.h"
#include "window/notifications.h"
#include "window/openpools.h"
#include "window/peerstable.h"
#include "window/poolpage.h"
#include "window/pooltabs.h"
#include "window/steering.h"
#include "window/systemdesktop.h"
#include "window/trayicon.h"
#include "window/windowplace.h"

#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtGui/QCloseEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr QSize DefaultSize(1024, 700);
constexpr size_t FewPeers = 12; ///< up to this number, all peers are probed at each refresh

} // namespace

MainWindow::MainWindow(MonitorSources &sources, MonitorSettings &settings, QWidget *parent,
                       std::unique_ptr<Desktop> desktop)
    : QMainWindow(parent)
    , m_sources(sources)
    , m_settings(settings)
    , m_actions(new MonitorActions(this))
    , m_banner(new BannerStrip(this))
    , m_messages(new MessageBar(Clock::steady(), this))
    , m_tabs(new PoolTabs(sources, m_actions->newPoolMenu, this))
    , m_firstRun(new FirstRunPage(*m_actions, sources.folder(), this))
    , m_stack(new QStackedWidget(this))
    , m_status(statusBar())
    , m_steering(new Steering(*m_messages, *statusBar(), this))
    , m_prompts(new LoginPrompts(*m_messages, settings, this))
    , m_openPools(new OpenPools(sources, settings, *m_messages, this))
    , m_desktop(desktop ? std::move(desktop) : std::make_unique<SystemDesktop>())
{
    setObjectName(u"mainWindow"_s);
    setWindowIcon(monitorIcon());
    m_stack->addWidget(m_firstRun);
    m_stack->addWidget(m_tabs);
    auto *const centre = new QWidget(this);
    auto *const layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_messages);
    layout->addWidget(m_stack, 1);
    setCentralWidget(centre);
    connectFile();
    connectPeer();
    connectView();
    connectTools();
    connectHelp();
    connectDesktop();
    connect(m_tabs, &PoolTabs::pageAdded, this, &MainWindow::adopt);
    connect(m_tabs, &PoolTabs::currentPageChanged, this, &MainWindow::showCurrent);
    connect(m_tabs, &PoolTabs::pagesChanged, this, &MainWindow::showCurrent);
    connect(&sources, &MonitorSources::added, this, &MainWindow::watch);
    connect(&sources, &MonitorSources::refreshed, this, &MainWindow::refreshed);
    connect(&sources, &MonitorSources::removed, this, [this](const WatchedSource *source) {
        for (const QString &about : {u"problem:"_s, u"login:"_s, u"unseen:"_s})
            m_messages->clear(about + source->name());
    });
    connect(&sources, &MonitorSources::clockChanged, this, &MainWindow::showCurrent);
    connect(&sources.recorder(), &PeerRecorder::failed, this, [this](const QString &text) {
        m_messages->report(u"history"_s, MessageBar::Kind::Warning, text);
    });
    for (WatchedSource *source : sources.all())
        watch(source);
    restore();
    showCurrent();
}

MainWindow::~MainWindow() = default;

PoolPage *MainWindow::page() const
{
    return m_tabs->currentPage();
}

void MainWindow::watch(WatchedSource *source)
{
    m_steering->watch(source);
    m_prompts->watch(source);
}

void MainWindow::adopt(PoolPage *page)
{
    m_isRestoring = true;
    page->table().setColumns(m_settings.columns(PeersTable::ColumnsVersion));
    if (const QByteArray state = m_settings.splitter(); !state.isEmpty())
        page->splitter().restoreState(state);
    m_isRestoring = false;
    page->table().order().setMarkedOnly(m_actions->problemsOnly->isChecked());
    page->table().order().setFilterText(m_actions->filterEdit->text());
    connect(page, &PoolPage::changed, this, [this, page] {
        if (page == this->page())
            showCurrent();
    });
    connect(&page->table(), &PeersTable::menuWanted, this, &MainWindow::showPeerMenu);
    connect(&page->table(), &PeersTable::columnsChanged, this, [this, page] { saveColumns(page); });
    connect(&page->table(), &PeersTable::selectedPeersChanged, this,
            [this, page] { attend(&page->source()); });
    connect(&page->splitter(), &QSplitter::splitterMoved, this,
            [this, page] { m_settings.setSplitter(page->splitter().saveState()); });
    connect(&page->card(), &DrainCardWidget::resumeWanted, this,
            [this, page](const QString &peer) { m_steering->resume(*page, {peer}); });
    connect(&page->card(), &DrainCardWidget::reportWanted, this,
            [this, page](const QString &peer) { m_steering->copyReport(*page, peer); });
    const bool isOfFile = m_wantedSource && &page->source() == m_wantedSource;
    if (isOfFile || (!m_wantedPool.isEmpty() && page->pool() == m_wantedPool)) {
        m_wantedPool.clear();
        m_wantedSource = nullptr;
        m_tabs->setCurrentPage(page);
    }
    if (m_tabs->pages().size() == 1)
        page->table().setFocus();
}

/// The first pool of a file that was opened.
void MainWindow::bringToFront(WatchedSource *source)
{
    m_wantedSource = source;
    for (PoolPage *page : m_tabs->pages()) {
        if (&page->source() != source)
            continue;
        m_tabs->setCurrentPage(page);
        m_wantedSource = nullptr;
        return;
    }
}

void MainWindow::refreshed(WatchedSource *source, const QList<ClusterEvent> &events)
{
    if (!m_recorder.record(source, events)) {
        m_messages->report(u"record"_s, MessageBar::Kind::Warning, m_recorder.errorString());
        m_actions->recordEvents->setChecked(false);
    }
    if (const QString problem = m_sources.eventsProblem(); problem.isEmpty())
        m_messages->clear(u"events"_s);
    else
        m_messages->report(u"events"_s, MessageBar::Kind::Warning, problem);
    showProblems(source);
    attend(source);
    showCurrent();
    showIcon();
    m_notifications->take(source, events);
}

/// Draining and selected peers are probed at each refresh; so are all peers if they are few.
void MainWindow::attend(WatchedSource *source)
{
    QStringList names;
    const std::vector<const PeerView *> peers = source->view().peers();
    for (const PeerView *peer : peers) {
        if (peer->service == Service::Draining)
            names.append(peer->address.name());
    }
    for (const PoolPage *page : m_tabs->pages()) {
        if (&page->source() == source)
            names += page->table().selectedPeers();
    }
    source->attendTo(peers.size() <= FewPeers ? QStringList() : names);
}

void MainWindow::showCurrent()
{
    PoolPage *const current = page();
    m_stack->setCurrentWidget(current ? static_cast<QWidget *>(m_tabs) : m_firstRun);
    m_status.show(m_sources, current);
    const QStringList peers = current ? current->table().selectedPeers() : QStringList();
    // An open menu stays bound to its peers.
    if (!m_actions->peerMenu()->isVisible() && (m_actions->boundPeers() != peers || peers.isEmpty()))
        m_actions->bindPeers(peers);
    m_actions->rolling->setEnabled(current && current->poolView()
                                   && current->source().kind() != WatchedSource::Kind::Demo);
    m_actions->editPool->setEnabled(current && m_openPools->mayEdit(*current));
    m_actions->closePool->setEnabled(current && m_openPools->mayClose(*current));
    m_actions->exportPool->setEnabled(current && current->poolView());
    m_actions->copyRows->setEnabled(current);
    m_actions->columns->setEnabled(current);
    m_actions->logIn->setEnabled(current ? current->source().login() != nullptr
                                         : m_sources.machine() != nullptr);
    setWindowTitle(current ? tr("%1 - QPROXYSQL Monitor").arg(poolTitle(current->pool()))
                           : tr("QPROXYSQL Monitor"));
    showBanner();
}

void MainWindow::setBanner(const QString &text)
{
    m_bannerText = text;
    showBanner();
}

void MainWindow::showBanner()
{
    const PoolPage *const current = page();
    m_banner->show(m_bannerText.isEmpty() ? m_settings.banner() : m_bannerText,
                   current ? current->source().isReadOnly() : m_sources.isReadOnly(),
                   current ? poolTitle(current->pool()) : QString());
}

void MainWindow::showIcon()
{
    std::optional<DisplayState> worst;
    for (const PoolPage *page : m_tabs->pages()) {
        if (const PoolView *const pool = page->poolView())
            worst = worst ? worse(*worst, worstOf(*pool)) : worstOf(*pool);
    }
    if (worst != std::exchange(m_worst, worst))
        setWindowIcon(monitorIcon(worst));
    showTray();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_isQuitting && !qGuiApp->isSavingSession() && m_tray->takesWindow()) {
        save();
        event->ignore();
        return;
    }
    const QStringList draining = m_sources.drainingPeers();
    if (!draining.isEmpty() && !m_settings.wasQuitNoticeShown()) {
        // Shown only once, since it is just information.
        m_settings.setQuitNoticeShown();
        m_messages->report(u"quit"_s, MessageBar::Kind::Information,
                           tr("You may quit: the drain of %1 goes on without this window, since it "
                              "is kept in the drain directory. It ends when somebody resumes the "
                              "peer.",
                              nullptr, int(draining.size()))
                                   .arg(draining.join(", "_L1)),
                           {tr("&Quit"), [this] { quit(); }});
        event->ignore();
        return;
    }
    save();
    event->accept();
}

void MainWindow::restore()
{
    if (!restoreGeometry(m_settings.geometry()))
        resize(DefaultSize);
    if (!isMaximized() && !isFullScreen())
        setGeometry(WindowPlace::within(geometry(), screen()->availableGeometry()));
    m_sources.keepEvents(m_settings.eventFolder());
    m_sources.setForgottenAfter(std::chrono::hours(m_settings.forgottenAfterHours()));
    m_sources.setInterval(m_settings.interval());
    for (QAction *action : m_actions->intervals->actions())
        action->setChecked(action->data().toInt() == m_settings.interval());
    m_actions->problemsOnly->setChecked(m_settings.isProblemsOnly());
    m_wantedPool = m_settings.currentPool();
}

void MainWindow::save()
{
    m_settings.setGeometry(saveGeometry());
    if (const PoolPage *const current = page()) {
        m_settings.setCurrentPool(current->pool());
        m_settings.setSplitter(current->splitter().saveState());
    }
    m_settings.sync();
}

void MainWindow::saveColumns(PoolPage *changed)
{
    if (m_isRestoring)
        return;
    const QByteArray state = changed->table().columns();
    m_settings.setColumns(state, PeersTable::ColumnsVersion);
    m_isRestoring = true;
    for (PoolPage *page : m_tabs->pages()) {
        if (page != changed)
            page->table().setColumns(state);
    }
    m_isRestoring = false;
}

} // namespace qproxysql
